using EdgeGesture.Recognition;

namespace EdgeGesture.Training.Streams;

/// <summary>How well a stream's events fit what its clips show.</summary>
/// <param name="Right">Gesture clips whose gesture fired, in the clip or shortly after it.</param>
/// <param name="Missed">Gesture clips in which it did not.</param>
/// <param name="Wrong">All other events.</param>
public sealed record StreamScore(int Right, int Missed, int Wrong)
{
    // The decoder's smoothing and the network's certainty come later than the hand.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    /// <summary>The harmonic mean of precision and recall, 0..1.</summary>
    public double F1 => 2.0 * Right / Math.Max(2 * Right + Missed + Wrong, 1);

    public static StreamScore Of(ClipStream stream, IReadOnlyList<GestureEvent> events)
    {
        var grace = (int)(Grace.TotalSeconds * stream.Model.CadenceFps);
        var labels = stream.Model.Labels;
        var background = stream.Model.Background;
        var found = new bool[stream.ClipLabels.Count];
        var wrong = 0;
        foreach (var gesture in events)
        {
            var clip = (int)(gesture.Frame / stream.ClipFrames);
            var early = gesture.Frame % stream.ClipFrames < grace;
            var shown = new[] { clip, clip - 1 }.Take(early && clip > 0 ? 2 : 1)
                .Where(i => !found[i] && labels[stream.ClipLabels[i]] == gesture.Gesture).ToList();
            if (shown.Count == 0)
                wrong++;
            else
                found[shown[^1]] = true;
        }

        var gestures = stream.ClipLabels.Count(label => !background.Contains(labels[label]));
        var right = found.Count(clip => clip);
        return new StreamScore(right, gestures - right, wrong);
    }
}
