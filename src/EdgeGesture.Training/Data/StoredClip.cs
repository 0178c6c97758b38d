using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Data;

/// <summary>A clip as the network sees it.</summary>
/// <param name="Label">The index of what the whole clip shows.</param>
/// <param name="Targets">What each frame teaches.</param>
/// <param name="Pixels">Frames×S×S×3 RGB bytes.</param>
public sealed record StoredClip(byte Label, IReadOnlyList<FrameTarget> Targets, byte[] Pixels);
