using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>What the frames of a clip teach when those before are cut off.</summary>
public static class CutOff
{
    private const int UnclearFrames = 3;

    /// <summary>
    /// Those of <paramref name="frames"/> of a <paramref name="clip"/>'s frames from <paramref name="first"/> on. In a stretch that begins within a
    /// gesture, nobody can tell it before some of it has been seen, and never if it is a single motion of which too little
    /// is left: those frames count nothing.
    /// </summary>
    public static FrameTarget[] Targets(byte label, IReadOnlyList<FrameTarget> clip, int first, int frames)
    {
        var targets = clip.Skip(first).Take(frames).ToArray();
        var within = first > 0 && targets[0].Phase is Phase.Stroke or Phase.Aftermath;
        var unclear = within && targets[0].Weight > 0 && GestureBook.IsSingleMotion(label) ? frames : UnclearFrames;
        for (var i = 0; within && i < Math.Min(unclear, frames) && targets[i].Phase is Phase.Stroke or Phase.Aftermath; i++)
            targets[i] = targets[i] with { Weight = 0 };
        return targets;
    }
}
