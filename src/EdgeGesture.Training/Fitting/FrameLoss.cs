using EdgeGesture.Models;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Cross-entropy on every frame, weighted. A frame may allow several labels (either background): their probabilities
/// are summed. A little of the target is spread over all labels (label smoothing).
/// </summary>
public static class FrameLoss
{
    private const float Smoothing = 0.03f;
    private const float BackgroundWeight = 0.6f;

    /// <summary>Scores (frames·clips)×labels to one number.</summary>
    public static Tensor Of(Tensor scores, IReadOnlyList<FrameTarget> targets)
    {
        var labels = JesterVocabulary.Labels;
        var forbidden = new float[targets.Count * labels.Count];
        var weights = new float[targets.Count];
        for (var row = 0; row < targets.Count; row++)
        {
            for (var label = 0; label < labels.Count; label++)
                forbidden[row * labels.Count + label] = Allows(targets[row], label) ? 0 : -1e4f;
            weights[row] = targets[row].Weight * (IsBackground(targets[row]) ? BackgroundWeight : 1);
        }

        var all = scores.logsumexp(1);
        var allowed = (scores + tensor(forbidden).reshape(targets.Count, labels.Count)).logsumexp(1);
        var loss = (all - allowed) * (1 - Smoothing) + (all - scores.mean([1])) * Smoothing;
        var weight = tensor(weights);
        return (loss * weight).sum() / (weight.sum() + 1e-6);
    }

    /// <summary>Whether a label is right for a frame.</summary>
    public static bool Allows(FrameTarget target, int label) => target.Label == FrameTarget.EitherBackground
        ? GestureBook.IsBackground(label)
        : target.Label == label;

    private static bool IsBackground(FrameTarget target) =>
        target.Label == FrameTarget.EitherBackground || GestureBook.IsBackground(target.Label);
}
