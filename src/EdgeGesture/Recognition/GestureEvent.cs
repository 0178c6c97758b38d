namespace EdgeGesture.Recognition;

/// <summary>One recognised gesture. Times are on the clock of the frames' timestamps.</summary>
/// <param name="Gesture">The label.</param>
/// <param name="Confidence">The smoothed probability at which it fired, 0–1.</param>
/// <param name="Start">The onset: when its probability began to rise for good.</param>
/// <param name="Fire">When it was decided.</param>
/// <param name="Frame">The sequence number of the frame that decided it.</param>
public readonly record struct GestureEvent(string Gesture, float Confidence, TimeSpan Start, TimeSpan Fire, long Frame);
