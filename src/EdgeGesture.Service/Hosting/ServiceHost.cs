using System.Runtime.ExceptionServices;
using EdgeGesture.Configuration;
using EdgeGesture.Service.Control;
using EdgeGesture.Service.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// Builds the service and runs it until it is stopped. Everything that can be wrong is found before the first pin is
/// touched: configuration, another instance, model, camera, then the outputs.
/// </summary>
internal static class ServiceHost
{
    private static readonly TimeSpan ClientPatience = TimeSpan.FromSeconds(10);

    /// <param name="read">Reads and checks the configuration; called again when a new one is to be taken over.</param>
    /// <param name="awaitsCamera">Whether a camera that is not there is no failure, but waited for.</param>
    /// <param name="verbose">Whether to log more.</param>
    /// <returns>The exit code: 0 after a stop, or at the end of a video.</returns>
    /// <exception cref="EdgeGestureException">Something is wrong that a person can mend.</exception>
    public static int Run(Func<EdgeGestureOptions> read, bool awaitsCamera, bool verbose)
    {
        var options = read();
        var clock = TimeProvider.System;
        var lastTrouble = new LastTrouble();
        using var logger = ServiceLogging.Create(options.Log, verbose, lastTrouble);
        using var loggers = new SerilogLoggerFactory(logger);
        using var socket = SocketFile.Create(options.Control, loggers.CreateLogger<ControlServer>());
        using var session = new Session(clock, loggers);
        AppDomain.CurrentDomain.UnhandledException += (_, _) => session.CloseOutputs(); // a crash, too, leaves the pins safe

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSerilog(logger).AddSystemd();
        builder.Services.AddSingleton(provider => new SystemdWatchdog(provider.GetService<ISystemdNotifier>(), clock));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RecognitionService>(provider, session, read, awaitsCamera));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RecognitionService>());

        // Starting listens to signals first, then opens the outputs: from the first pin on, a stop leaves them safe.
        using var host = builder.Build();
        var service = host.Services.GetRequiredService<RecognitionService>();
        using var hangUp = HangUp.Listen(service.Reload, host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
        host.Start();
        using var instruments = new ServiceInstruments(session);
        using var metrics = MetricsExport.Create(options.Metrics, clock, loggers.CreateLogger<MetricsExport>());
        using var inspection = new Inspection(session, lastTrouble, clock);
        using var control = socket is null ? null : new ControlServer(socket, inspection, ClientPatience, clock, loggers.CreateLogger<ControlServer>());
        host.WaitForShutdown();
        if (service.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return 0;
    }
}
