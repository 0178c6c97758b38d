using Serilog.Events;
using Serilog.Formatting;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// Lines for systemd's journal, which keeps the time itself: a priority mark (sd-daemon(3)), then the message. Every
/// line of a message carries the mark, as the journal reads line by line.
/// </summary>
internal sealed class JournalFormatter : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var text = logEvent.Exception is null ? logEvent.RenderMessage() : $"{logEvent.RenderMessage()}\n{logEvent.Exception}";
        foreach (var line in text.Split('\n'))
        {
            output.Write('<');
            output.Write(Priority(logEvent.Level));
            output.Write('>');
            output.WriteLine(line);
        }
    }

    private static int Priority(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => 2,
        LogEventLevel.Error => 3,
        LogEventLevel.Warning => 4,
        LogEventLevel.Information => 6,
        _ => 7,
    };
}
