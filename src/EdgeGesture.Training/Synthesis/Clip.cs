namespace EdgeGesture.Training.Synthesis;

/// <summary>One made clip at the model's cadence.</summary>
/// <param name="Label">What the clip was made to show.</param>
/// <param name="Frames">RGB bytes of pictures of <see cref="Picture"/>'s size.</param>
/// <param name="Targets">What each frame teaches.</param>
public sealed record Clip(string Label, IReadOnlyList<byte[]> Frames, IReadOnlyList<FrameTarget> Targets);
