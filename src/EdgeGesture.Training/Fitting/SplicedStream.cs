using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// A stream spliced from parts of clips, cut at random before and behind: of whole clips, whose gestures all come about as
/// long after their beginnings, a memory would learn the clock.
/// </summary>
public static class SplicedStream
{
    private const int MostFramesCutBefore = 12;
    private const int MostFramesCutBehind = 8;

    /// <summary>
    /// Which clip (of <paramref name="clips"/>) and which of its frames comes at each of <paramref name="frames"/> places;
    /// <paramref name="dice"/> chooses clips and cuts.
    /// </summary>
    public static (int Clip, int Frame)[] Draw(Dice dice, int clips, int frames)
    {
        var places = new (int, int)[frames];
        var (clip, next, end) = (0, 0, 0);
        for (var i = 0; i < frames; i++)
        {
            if (next == end)
            {
                clip = dice.Below(clips);
                next = dice.Below(MostFramesCutBefore + 1);
                end = ClipRenderer.FrameCount - dice.Below(MostFramesCutBehind + 1);
            }

            places[i] = (clip, next++);
        }

        return places;
    }
}
