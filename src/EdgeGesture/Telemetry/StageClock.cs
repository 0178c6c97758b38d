namespace EdgeGesture.Telemetry;

/// <summary>
/// How long each stage of the last frame took, on the timestamps of a <see cref="TimeProvider"/>. Costs one reading of
/// the clock per stage.
/// </summary>
public sealed class StageClock(TimeProvider clock)
{
    private readonly long[] _ticks = new long[Enum.GetValues<Stage>().Length];
    private long _mark;

    /// <summary>Starts a frame: every stage takes nothing so far.</summary>
    public void Start()
    {
        Array.Clear(_ticks);
        _mark = clock.GetTimestamp();
    }

    /// <summary>Leaves the time since the last call out of every stage.</summary>
    public void Skip() => _mark = clock.GetTimestamp();

    /// <summary>Adds the time since the last call to a stage.</summary>
    public void Mark(Stage stage)
    {
        var now = clock.GetTimestamp();
        _ticks[(int)stage] += now - _mark;
        _mark = now;
    }

    /// <summary>What the last frame took so far, from its arrival on.</summary>
    public TimeSpan SinceArrival
    {
        get
        {
            var ticks = 0L;
            for (var stage = (int)Stage.Capture + 1; stage < _ticks.Length; stage++)
            {
                ticks += _ticks[stage];
            }

            return clock.GetElapsedTime(0, ticks);
        }
    }

    /// <summary>What a stage of the last frame took.</summary>
    public TimeSpan this[Stage stage] => clock.GetElapsedTime(0, _ticks[(int)stage]);
}
