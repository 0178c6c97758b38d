using EdgeGesture.Power;
using EdgeGesture.Service.Hosting;
using EdgeGesture.Telemetry;

namespace EdgeGesture.Service.Control;

/// <summary>Looks inside the running service. Any thread.</summary>
internal sealed class Inspection(Session session, LastTrouble lastTrouble, TimeProvider clock)
{
    private static readonly string Version = typeof(Inspection).Assembly.GetName().Version!.ToString(3);

    private readonly CpuClock _cpu = new();
    private readonly long _start = clock.GetTimestamp();

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
                moment.IsAwake, moment.MedianLatency?.TotalMilliseconds, moment.WorstLatency?.TotalMilliseconds),
            new CountStatus(counters.Captured, counters.Due, counters.Broken, counters.Inferences, counters.Events),
            new OutputStatus(state.Board.Name, state.Options.Outputs.Count, state.Options.Actions.Count),
            Power(state.Power.Snapshot()),
            new ProcessStatus(Math.Round(Environment.WorkingSet / 1e6, 1), Math.Round(_cpu.GetTimestamp() / 1e9, 2)),
            [.. moment.Gestures.Select(seen => new GestureStatus(seen.Time, seen.Gesture, Math.Round(seen.Confidence, 3)))],
            Scores(model.Labels, moment.Scores, state.Pipeline.Thresholds),
            lastTrouble.Last is { } trouble ? new TroubleStatus(trouble.Timestamp, trouble.Level.ToString(), trouble.RenderMessage()) : null);
    }

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
