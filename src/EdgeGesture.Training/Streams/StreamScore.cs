using EdgeGesture.Recognition;

namespace EdgeGesture.Training.Streams;

/// <summary>How well a stream's events fit what its clips show.</summary>
/// <param name="Right">Performances whose gesture fired, during them or shortly after.</param>
/// <param name="Missed">Performances whose gesture did not.</param>
/// <param name="Wrong">All other events, but those in performances of which too little is seen to tell what they are.</param>
public sealed record StreamScore(int Right, int Missed, int Wrong)
{
    // The decoder's smoothing and the network's certainty come later than the hand.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    /// <summary>The harmonic mean of precision and recall, 0..1.</summary>
    public double F1 => 2.0 * Right / Math.Max(2 * Right + Missed + Wrong, 1);

    public static StreamScore Of(ClipStream stream, IReadOnlyList<GestureEvent> events)
    {
        var grace = (long)(Grace.TotalSeconds * stream.Model.CadenceFps);
        var performances = Performance.In(stream);
        var found = new HashSet<Performance>();
        var wrong = 0;
        foreach (var gesture in events)
        {
            var near = performances.Where(p => gesture.Frame >= p.FirstFrame && gesture.Frame <= p.LastFrame + grace).ToList();
            if (near.Find(p => p.Label == gesture.Gesture && !found.Contains(p)) is { } performance)
                found.Add(performance);
            else if (!near.Exists(p => p.Label is null))
                wrong++;
        }

        var shown = performances.Count(p => p.Label is not null);
        return new StreamScore(found.Count, shown - found.Count, wrong);
    }
}
