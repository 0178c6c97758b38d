using EdgeGesture.Models;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// Decides between gestures that are the same motion made with other fingers (a hand that swipes, two fingers that slide).
/// The motion is seen more surely than the fingers: what is divided between the two might fire neither, so the likelier
/// takes the probability of both. It is done when the network is used, not while it learns.
/// </summary>
public static class Siblings
{
    /// <summary>The probability that the less likely one keeps, so that its logarithm is finite.</summary>
    public const float Least = 1e-6f;

    /// <summary>For each label the share of each other label that it may take, labels×labels: 1 for siblings.</summary>
    public static float[] Shares { get; } = MakeShares();

    /// <summary>Scores (logits) rows×labels of the 27 labels to scores of the same shape, whose softmax is the decision.</summary>
    public static Tensor Decide(Tensor scores)
    {
        var labels = JesterVocabulary.Labels.Count;
        using var shares = tensor(Shares).reshape(labels, labels);
        var likely = scores.softmax(1);
        var other = likely.matmul(shares);
        return where(likely >= other, likely + other, tensor(Least)).log();
    }

    private static float[] MakeShares()
    {
        var labels = JesterVocabulary.Labels;
        var shares = new float[labels.Count * labels.Count];
        for (var label = 0; label < labels.Count; label++)
        {
            if (GestureBook.Sibling(labels[label]) is { } sibling)
                shares[GestureBook.IndexOf(sibling) * labels.Count + label] = 1;
        }

        return shares;
    }
}
