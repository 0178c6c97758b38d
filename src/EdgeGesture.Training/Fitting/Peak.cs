using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>What a memory takes a clip for.</summary>
/// <param name="Label">The index of what the clip shows.</param>
/// <param name="Probabilities">Of each label how probable it became at most, smoothed, while it was above all others; 0 if it never was.</param>
internal sealed record Peak(int Label, float[] Probabilities)
{
    private const float SmoothingSeconds = 0.2f;

    /// <summary>That of each clip, as if nothing had been before it.</summary>
    public static IReadOnlyList<Peak> Of(RecurrentHead head, SeenClips clips) =>
        [.. Enumerable.Range(0, clips.Count).Select(clip => new Peak(clips[clip].Label, Of(head, clips[clip].Numbers)))];

    private static float[] Of(RecurrentHead head, float[] seen)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var scores = Siblings.Decide(head.Forward(tensor(seen).reshape(-1, HandSight.Count), clips: 1));
        var probabilities = scores.softmax(1).cpu().data<float>().ToArray();
        var labels = JesterVocabulary.Labels.Count;
        var keep = MathF.Exp(-1f / (ClipRenderer.CadenceFps * SmoothingSeconds));
        var (smooth, peak) = (new float[labels], new float[labels]);
        for (var row = 0; row < probabilities.Length; row += labels)
        {
            for (var label = 0; label < labels; label++)
                smooth[label] += (1 - keep) * (probabilities[row + label] - smooth[label]);
            var best = Array.IndexOf(smooth, smooth.Max());
            peak[best] = MathF.Max(peak[best], smooth[best]);
        }

        return peak;
    }
}
