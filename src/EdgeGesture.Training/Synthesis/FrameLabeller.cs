using EdgeGesture.Models;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// Says what each moment of a script teaches: background before a gesture, nothing while it cannot be told yet, the
/// gesture until shortly after its end, nothing for a moment, background again.
/// </summary>
public static class FrameLabeller
{
    private const float AftermathSeconds = 0.4f;
    private const float FadingSeconds = 0.3f;

    /// <summary>The target of the frame at <paramref name="seconds"/>, in a clip that starts at 0.</summary>
    public static FrameTarget At(Script script, float seconds)
    {
        var target = new FrameTarget(
            script.Rest is null ? FrameTarget.EitherBackground : IndexOf(script.Rest), 1, Phase.Background);
        foreach (var span in script.Track?.Spans ?? [])
        {
            // A gesture that began before the clip can be told later: as much of it has to be seen.
            var recognisable = MathF.Max(span.Recognisable, span.Recognisable - span.Start);
            if (seconds < span.Start)
                return span.Start - seconds < 0.6f ? target with { Phase = Phase.Preparation } : target;
            if (seconds < recognisable)
                return target with { Weight = 0, Phase = Phase.Stroke };
            if (recognisable > span.End)
                target = target with { Weight = 0, Phase = Phase.Retraction };
            else if (seconds <= span.End)
                return new FrameTarget(IndexOf(span.Label), 1, Phase.Stroke);
            if (recognisable <= span.End && seconds <= span.End + AftermathSeconds)
                return new FrameTarget(IndexOf(span.Label), 1, Phase.Aftermath);
            if (seconds <= span.End + AftermathSeconds + FadingSeconds)
                return target with { Weight = 0, Phase = Phase.Retraction };
            target = target with { Weight = 1, Phase = seconds < span.End + 1.5f ? Phase.Retraction : Phase.Background };
        }

        return target;
    }

    private static byte IndexOf(string label)
    {
        var index = GestureBook.IndexOf(label);
        return index >= 0
            ? (byte)index
            : throw new TrainingException($"\"{label}\" is not one of the {JesterVocabulary.Labels.Count} Jester labels.");
    }
}
