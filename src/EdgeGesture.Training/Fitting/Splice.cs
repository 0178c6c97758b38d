namespace EdgeGesture.Training.Fitting;

/// <summary>A part of a spliced stream.</summary>
/// <param name="Clip">Which clip it is from.</param>
/// <param name="First">The clip's frame that it begins at.</param>
/// <param name="Speed">The clip's frames in each of its own.</param>
/// <param name="Frames">How many frames it has.</param>
public readonly record struct Splice(int Clip, int First, float Speed, int Frames)
{
    /// <summary>The place in the clip, between two frames, of a frame of the part.</summary>
    public float At(int frame) => First + frame * Speed;
}
