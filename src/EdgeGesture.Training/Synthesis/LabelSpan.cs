namespace EdgeGesture.Training.Synthesis;

/// <summary>One gesture in a track.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Start">When the stroke begins, seconds.</param>
/// <param name="Recognisable">From when a watcher could tell which gesture it is.</param>
/// <param name="End">When the stroke is over.</param>
public readonly record struct LabelSpan(string Label, float Start, float Recognisable, float End);
