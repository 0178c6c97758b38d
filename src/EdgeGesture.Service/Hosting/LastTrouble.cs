using Serilog.Core;
using Serilog.Events;

namespace EdgeGesture.Service.Hosting;

/// <summary>Remembers the log's last warning or error, for those who look inside.</summary>
internal sealed class LastTrouble : ILogEventSink
{
    private LogEvent? _last;

    /// <summary>Null while all went well.</summary>
    public LogEvent? Last => Volatile.Read(ref _last);

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level >= LogEventLevel.Warning)
        {
            Volatile.Write(ref _last, logEvent);
        }
    }
}
