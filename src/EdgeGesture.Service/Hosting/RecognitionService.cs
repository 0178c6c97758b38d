using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// Runs the pipeline on a thread of its own for as long as the host runs, sends systemd its sign of life while it
/// steps (a lost camera is no reason to be restarted, it is retried), and writes a summary at the end; the line a minute is the energy
/// account's.
/// </summary>
internal sealed class RecognitionService(
    Pipeline pipeline, SystemdWatchdog watchdog, IHostApplicationLifetime lifetime, ILogger<RecognitionService> log) : BackgroundService
{
    /// <summary>What ended the pipeline before it was asked to stop; null after a clean end.</summary>
    public Exception? Failure { get; private set; }

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
        using var signOfLife = watchdog.Start(() => pipeline.Steps);
        try
        {
            pipeline.Run(stop);
        }
#pragma warning disable CA1031 // Kept for the command, which reports it and sets the exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure = exception;
        }

        var counters = pipeline.Counters;
        log.LogInformation(
            "Since start: {Captured} frames seen, {Inferences} recognised, {Events} gestures", counters.Captured, counters.Inferences, counters.Events);
        lifetime.StopApplication();
    }
}
