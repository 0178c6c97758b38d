using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Data;

/// <summary>A clip as the network saw it, without its pictures.</summary>
/// <param name="Label">The index of what the whole clip shows.</param>
/// <param name="Targets">What each frame teaches.</param>
/// <param name="Numbers">Frames×41, what the looks saw: <see cref="HandSight"/>, all numbers times the probability that there is a hand.</param>
public sealed record SeenClip(byte Label, IReadOnlyList<FrameTarget> Targets, float[] Numbers);
