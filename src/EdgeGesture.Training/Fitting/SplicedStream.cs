using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// A stream spliced from parts of clips, cut at random before and behind, slower or faster than they were: of whole clips,
/// whose gestures all come about as long after their beginnings, a memory would learn the clock.
/// </summary>
public static class SplicedStream
{
    private const int MostFramesCutBefore = 12;
    private const int MostFramesCutBehind = 8;
    private const float LargestChangeOfSpeed = 0.3f; // of its logarithm

    /// <summary>
    /// The parts of <paramref name="frames"/> frames, the last one cut to fit; <paramref name="dice"/> chooses cuts and speeds, and
    /// through <paramref name="drawClip"/> the clips.
    /// </summary>
    public static IReadOnlyList<Splice> Draw(Dice dice, Func<Dice, int> drawClip, int frames)
    {
        var parts = new List<Splice>();
        for (var left = frames; left > 0; left -= parts[^1].Frames)
        {
            var clip = drawClip(dice);
            var first = dice.Below(MostFramesCutBefore + 1);
            var last = ClipRenderer.FrameCount - 1 - dice.Below(MostFramesCutBehind + 1);
            var speed = MathF.Exp(dice.Between(-LargestChangeOfSpeed, LargestChangeOfSpeed));
            parts.Add(new Splice(clip, first, speed, Math.Min((int)((last - first) / speed) + 1, left)));
        }

        return parts;
    }
}
