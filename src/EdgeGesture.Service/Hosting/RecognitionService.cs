using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// Runs the pipeline on a thread of its own for as long as the host runs, sends systemd its sign of life while it
/// steps (a lost camera is no reason to be restarted, it is retried), takes over a new configuration between two
/// frames, and writes a summary at the end; the line a minute is the energy account's.
/// </summary>
/// <param name="session">What runs.</param>
/// <param name="read">Reads and checks the configuration anew.</param>
/// <param name="awaitsCamera">Whether a camera that is not there at the start is waited for; a new configuration's never is.</param>
/// <param name="watchdog">systemd's.</param>
/// <param name="lifetime">The host's.</param>
/// <param name="log">The log.</param>
internal sealed class RecognitionService(
    Session session, Func<EdgeGestureOptions> read, bool awaitsCamera, SystemdWatchdog watchdog, IHostApplicationLifetime lifetime, ILogger<RecognitionService> log)
    : BackgroundService
{
    /// <summary>How long to wait for a frame before looking whether to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private EdgeGestureOptions? _next;

    /// <summary>What ended the pipeline before it was asked to stop; null after a clean end.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Opens everything, before the host counts as started.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        session.Apply(read(), awaitsCamera);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Reads the configuration again and takes it over, unless something is wrong with it.</summary>
    public void Reload()
    {
        try
        {
            var next = read();
            Session.Check(next);
            Volatile.Write(ref _next, next);
        }
#pragma warning disable CA1031 // Whatever is wrong with a new configuration, the old one goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.LogError("The configuration stays as it was. {Problem:l}", exception.Message);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A thread, not the pool's: it waits in the kernel for frames, for years.
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            Run(stoppingToken);
            done.SetResult();
        })
        { Name = "pipeline", IsBackground = true }.Start();
        return done.Task;
    }

    private void Run(CancellationToken stop)
    {
        using var signOfLife = watchdog.Start(() => session.State.Pipeline.Steps);
        try
        {
            RunPipelines(stop);
        }
#pragma warning disable CA1031 // Kept for the command, which reports it and sets the exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure = exception;
        }

        var counters = session.State.Pipeline.Counters;
        log.LogInformation(
            "Since start: {Captured} frames seen, {Inferences} recognised, {Events} gestures", counters.Captured, counters.Inferences, counters.Events);
        lifetime.StopApplication();
    }

    private void RunPipelines(CancellationToken stop)
    {
        session.Announce();
        var pipeline = session.State.Pipeline;
        while (!stop.IsCancellationRequested && pipeline.Step(Patience) != ReadResult.End)
        {
            if (Volatile.Read(ref _next) is not null)
            {
                TakeOver(Interlocked.Exchange(ref _next, null)!);
                pipeline = session.State.Pipeline;
            }
        }
    }

    private void TakeOver(EdgeGestureOptions next)
    {
        var before = session.State.Options;
        try
        {
            session.Apply(next, awaitsCamera: false);
            session.Announce();
            log.LogInformation("The new configuration is in use");
        }
        catch (EdgeGestureException exception)
        {
            log.LogError("The new configuration is given up and the old one taken back. {Problem:l}", exception.Message);
            session.Apply(before, awaitsCamera);
            return;
        }

        if (next.Control.Socket != before.Control.Socket || next.Metrics != before.Metrics || next.Log != before.Log)
        {
            log.LogWarning("control.socket, metrics and log change only when the service is restarted");
        }
    }
}
