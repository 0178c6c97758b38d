namespace EdgeGesture.Telemetry;

/// <summary>What the pipeline sees and thinks at one moment.</summary>
public sealed record PipelineMoment
{
    /// <summary>Frames a second that the camera gives.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Network calls a second.</summary>
    public required double InferencesPerSecond { get; init; }

    /// <summary>How long the camera has been lost; null while it gives frames.</summary>
    public required TimeSpan? LostFor { get; init; }

    /// <summary>Whether something moves; in a still scene the network sleeps.</summary>
    public required bool IsAwake { get; init; }

    /// <summary>The smoothed probability of each label after the last network call, 0–1.</summary>
    public required IReadOnlyList<float> Scores { get; init; }

    /// <summary>What a frame took from its arrival to its scores, the median of the last frames; null before the first.</summary>
    public required TimeSpan? MedianLatency { get; init; }

    /// <summary>The longest of them.</summary>
    public required TimeSpan? WorstLatency { get; init; }

    /// <summary>The last gestures, newest first.</summary>
    public required IReadOnlyList<SeenGesture> Gestures { get; init; }
}
