namespace EdgeGesture.Telemetry;

/// <summary>What the pipeline has done since it began. One thread counts, any thread reads.</summary>
public sealed class PipelineCounters
{
    private long _captured;
    private long _lastTimestampTicks;
    private long _due;
    private long _broken;
    private long _inferences;
    private long _events;

    /// <summary>Frames that the camera gave.</summary>
    public long Captured => Volatile.Read(ref _captured);

    /// <summary>The timestamp of the last of them.</summary>
    public TimeSpan LastTimestamp => TimeSpan.FromTicks(Volatile.Read(ref _lastTimestampTicks));

    /// <summary>Frames among them that the cadence asked for.</summary>
    public long Due => Volatile.Read(ref _due);

    /// <summary>Frames among those that were no whole picture, and dropped.</summary>
    public long Broken => Volatile.Read(ref _broken);

    /// <summary>Network calls, those for replayed frames included.</summary>
    public long Inferences => Volatile.Read(ref _inferences);

    /// <summary>Gestures that fired.</summary>
    public long Events => Volatile.Read(ref _events);

    internal void CountCaptured(TimeSpan timestamp)
    {
        Volatile.Write(ref _lastTimestampTicks, timestamp.Ticks);
        Volatile.Write(ref _captured, _captured + 1);
    }

    internal void CountDue() => Volatile.Write(ref _due, _due + 1);

    internal void CountBroken() => Volatile.Write(ref _broken, _broken + 1);

    internal void CountInference() => Volatile.Write(ref _inferences, _inferences + 1);

    internal void CountEvent() => Volatile.Write(ref _events, _events + 1);
}
