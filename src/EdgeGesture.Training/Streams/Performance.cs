using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Streams;

/// <summary>A gesture that somebody makes in a stream.</summary>
/// <param name="Label">The gesture; null where too little of it is seen to tell.</param>
/// <param name="FirstFrame">The frame that it begins at.</param>
/// <param name="LastFrame">The last frame that it counts in.</param>
public sealed record Performance(string? Label, long FirstFrame, long LastFrame)
{
    // Where a clip ends within a gesture, nobody can tell it from less of it.
    private const double ShortestCutOffSeconds = 0.3;

    /// <summary>The performances of a stream, in order: a clip may hold none, one or several.</summary>
    public static IReadOnlyList<Performance> In(ClipStream stream)
    {
        var performances = new List<Performance>();
        for (var first = 0; first < stream.Targets.Count; first++)
        {
            if (!IsPerforming(stream.Targets[first]))
                continue;
            var last = first;
            while (last + 1 < stream.Targets.Count && (last + 1) % stream.ClipFrames != 0 && IsPerforming(stream.Targets[last + 1]))
                last++;
            var shown = stream.Targets.Skip(first).Take(last - first + 1).Where(target => target.Weight > 0).ToList();
            var isCutOff = (last + 1) % stream.ClipFrames == 0;
            var isEnough = shown.Count > (isCutOff ? ShortestCutOffSeconds * stream.Model.CadenceFps : 0);
            performances.Add(new Performance(isEnough ? stream.Model.Labels[shown[0].Label] : null, first, last));
            first = last;
        }

        return performances;
    }

    private static bool IsPerforming(FrameTarget target) => target.Phase is Phase.Stroke or Phase.Aftermath;
}
