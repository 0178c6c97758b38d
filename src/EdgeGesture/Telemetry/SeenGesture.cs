namespace EdgeGesture.Telemetry;

/// <summary>A gesture that fired, with the time of day.</summary>
/// <param name="Time">When it fired.</param>
/// <param name="Gesture">The label.</param>
/// <param name="Confidence">The smoothed probability at which it fired, 0–1.</param>
public sealed record SeenGesture(DateTimeOffset Time, string Gesture, float Confidence);
