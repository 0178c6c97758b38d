using System.Runtime.ExceptionServices;
using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Power;
using EdgeGesture.Service.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// Builds the service and runs it until it is stopped. Everything that can be wrong is found before the first pin is
/// touched: configuration, model, camera, then the outputs.
/// </summary>
internal static class ServiceHost
{
    /// <returns>The exit code: 0 after a stop, or at the end of a video.</returns>
    /// <exception cref="EdgeGestureException">Something is wrong that a person can mend.</exception>
    public static int Run(EdgeGestureOptions options, bool verbose)
    {
        using var logger = ServiceLogging.Create(options.Log, verbose);
        var clock = TimeProvider.System;
        using var model = StreamingModel.Load(ModelFiles.Resolve(options.Model.File), options.Model.Threads);
        var problems = ActionTable.CheckGestures(options.Actions, model.Metadata.Labels);
        if (problems.Count > 0)
        {
            throw new ConfigurationException($"with the model {model.Path}", problems);
        }

        using var loggers = new SerilogLoggerFactory(logger);
        using var camera = CameraFactory.Open(options.Camera, model.Metadata.CadenceFps, clock, loggers.CreateLogger<CameraSupervisor>());

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSerilog(logger).AddSystemd();
        builder.Services.AddSingleton(clock).AddSingleton(provider => new SystemdWatchdog(provider.GetService<ISystemdNotifier>(), clock));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.AddSingleton(provider => OpenBoard(options, clock, provider.GetRequiredService<ILogger<SimulatedBoard>>()));
        builder.Services.AddSingleton(provider => OutputDispatcher.Create(
            options.Outputs, options.Actions, provider.GetRequiredService<IBoard>(), clock, provider.GetRequiredService<ILogger<OutputDispatcher>>()));
        builder.Services.AddSingleton(provider => new PowerAccount(
            PowerMeterDiscovery.Create(clock).Find(options.Power), BoardHealthSource.Create(clock), options.Power,
            Environment.GetEnvironmentVariable("STATE_DIRECTORY"), clock, provider.GetRequiredService<ILogger<PowerAccount>>()));
        builder.Services.AddSingleton(provider => new Pipeline(camera, model, options, provider.GetRequiredService<OutputDispatcher>(), clock)
        {
            Power = provider.GetRequiredService<PowerAccount>(),
        });
        builder.Services.AddSingleton<RecognitionService>().AddHostedService(provider => provider.GetRequiredService<RecognitionService>());

        // Starting listens to signals first, then opens the outputs: from the first pin on, a stop leaves them safe.
        using var host = builder.Build();
        host.Start();
        var outputs = host.Services.GetRequiredService<OutputDispatcher>();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => outputs.Dispose(); // a crash, too, leaves the pins safe
        var log = host.Services.GetRequiredService<ILogger<Pipeline>>();
        log.LogInformation("Watching {Camera}, {Mode}", camera.Name, camera.Mode);
        log.LogInformation("Model {Model}: {Labels} labels, {Cadence} frames per second", model.Path, model.Metadata.Labels.Count, model.Metadata.CadenceFps);
        log.LogInformation("Board: {Board}, {Outputs} outputs, {Actions} actions", host.Services.GetRequiredService<IBoard>().Name, options.Outputs.Count, options.Actions.Count);
        host.Services.GetRequiredService<PowerAccount>().Start();
        host.WaitForShutdown();
        var service = host.Services.GetRequiredService<RecognitionService>();
        if (service.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return 0;
    }

    private static IBoard OpenBoard(EdgeGestureOptions options, TimeProvider clock, ILogger<SimulatedBoard> log) =>
        options.Board == "simulated" || !options.Outputs.Values.OfType<GpioOptions>().Any()
            ? new SimulatedBoard(clock) { Changed = change => log.LogInformation("Simulated {Line} is {Level}", change.Line, change.IsHigh ? "high" : "low") }
            : GpioBoard.Open(options.Board);
}
