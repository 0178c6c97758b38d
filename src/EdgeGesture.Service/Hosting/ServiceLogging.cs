using EdgeGesture.Configuration;
using Microsoft.Extensions.Hosting.Systemd;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace EdgeGesture.Service.Hosting;

/// <summary>The service's log: lines on stderr, in the shape that whoever reads them wants.</summary>
internal static class ServiceLogging
{
    private const string TextTemplate = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static Serilog.Core.Logger Create(LogOptions options, bool verbose, LastTrouble lastTrouble)
    {
        var level = verbose ? LogEventLevel.Debug : (LogEventLevel)options.Level;
        return new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", verbose ? LogEventLevel.Information : LogEventLevel.Warning)
            // What keeps the host from starting is the command's to say, in one sentence.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", verbose ? LogEventLevel.Information : LogEventLevel.Fatal)
            .WriteTo.Console(Formatter(options.Format), standardErrorFromLevel: LevelAlias.Minimum)
            .WriteTo.Sink(lastTrouble)
            .CreateLogger();
    }

    private static ITextFormatter Formatter(LogFormat format) => format switch
    {
        LogFormat.Auto => Formatter(SystemdHelpers.IsSystemdService() ? LogFormat.Journal : LogFormat.Text),
        LogFormat.Json => new CompactJsonFormatter(),
        LogFormat.Journal => new JournalFormatter(),
        _ => new MessageTemplateTextFormatter(TextTemplate, System.Globalization.CultureInfo.InvariantCulture),
    };
}
