using EdgeGesture.Power;
using EdgeGesture.Service.Hosting;
using EdgeGesture.Service.Snapshots;
using EdgeGesture.Telemetry;
using SkiaSharp;

namespace EdgeGesture.Service.Control;

/// <summary>Looks inside the running service. Any thread.</summary>
internal sealed class Inspection(Session session, LastTrouble lastTrouble, TimeProvider clock) : IDisposable
{
    private static readonly string Version = typeof(Inspection).Assembly.GetName().Version!.ToString(3);

    private static readonly TimeSpan FramePatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _drawing = new(1);
    private readonly CpuClock _cpu = new();
    private readonly long _start = clock.GetTimestamp();

    /// <summary>Draws a snapshot, or says why not.</summary>
    public async Task<Reply> SnapshotAsync(string format, CancellationToken stop)
    {
        var state = session.State;
        if (!state.Options.Control.AllowSnapshot)
        {
            return new Reply { Error = "Snapshots are not allowed here; set control.allowSnapshot to true in the service's configuration, then: sudo systemctl reload edgegesture." };
        }

        if (state.Pipeline.IsPaused)
        {
            return new Reply { Error = "Recognition is paused and looks at no frame; press the button to resume it, then ask again." };
        }

        // One at a time: drawing takes a processor for a moment.
        await _drawing.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(FramePatience);
            using var copy = await state.Pipeline.Tap.NextAsync(limit.Token).ConfigureAwait(false);
            var encoding = format == "png" ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg;
            return new Reply { Picture = Snapshot.Draw(copy.Frame, state.Model.Metadata, state.Options.Camera.Mirror, Status(), encoding) };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Reply { Error = $"The camera gave no frame for {FramePatience.TotalSeconds:0} s; see whether it is lost with: edgegesture status." };
        }
        catch (EdgeGestureException exception)
        {
            return new Reply { Error = exception.Message };
        }
        finally
        {
            _drawing.Release();
        }
    }

    public StatusReport Status()
    {
        var state = session.State;
        var moment = state.Pipeline.View.Read();
        var counters = state.Pipeline.Counters;
        var model = state.Model.Metadata;
        return new StatusReport(
            Version,
            Environment.ProcessId,
            Math.Round(clock.GetElapsedTime(_start).TotalSeconds, 1),
            new CameraStatus(state.Camera.Name, state.Camera.Mode, Math.Round(moment.FramesPerSecond, 1), moment.LostFor?.TotalSeconds),
            new NetworkStatus(
                state.Model.Path, model.Version, Math.Round(state.Pipeline.CadenceFps, 2), model.CadenceFps, Math.Round(moment.InferencesPerSecond, 1),
                moment.IsAwake, state.Pipeline.IsPaused, moment.MedianLatency?.TotalMilliseconds, moment.WorstLatency?.TotalMilliseconds),
            new CountStatus(counters.Captured, counters.Due, counters.Broken, counters.Inferences, counters.Events),
            new OutputStatus(state.Board.Name, state.Options.Outputs.Count, state.Options.Actions.Count),
            Power(state.Power.Snapshot()),
            new ProcessStatus(Math.Round(Environment.WorkingSet / 1e6, 1), Math.Round(_cpu.GetTimestamp() / 1e9, 2)),
            [.. moment.Gestures.Select(seen => new GestureStatus(seen.Time, seen.Gesture, Math.Round(seen.Confidence, 3)))],
            Scores(model.Labels, moment.Scores, state.Pipeline.Thresholds),
            lastTrouble.Last is { } trouble ? new TroubleStatus(trouble.Timestamp, trouble.Level.ToString(), trouble.RenderMessage()) : null);
    }

    public void Dispose() => _drawing.Dispose();

    private static PowerStatus Power(PowerSnapshot power) => new(
        power.Source, power.IsMeasured, power.Watts, power.RollingWatts, power.BudgetWatts, power.Level.Index, power.LevelReason,
        power.Today.WattHours, power.Today.JoulesPerInference, power.Health.Celsius, Words(power.Health.Now), Words(power.Health.SinceBoot));

    private static string Words(ThrottleReasons reasons) => reasons.ToString().ToLowerInvariant();

    private static ScoreStatus[] Scores(IReadOnlyList<string> labels, IReadOnlyList<float> scores, ReadOnlySpan<float> thresholds)
    {
        var report = new ScoreStatus[labels.Count];
        for (var i = 0; i < report.Length; i++)
        {
            report[i] = new ScoreStatus(labels[i], Math.Round(scores[i], 3), float.IsFinite(thresholds[i]) ? Math.Round(thresholds[i], 3) : null);
        }

        return report;
    }
}
