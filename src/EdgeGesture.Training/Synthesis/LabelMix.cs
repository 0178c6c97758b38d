using EdgeGesture.Models;

namespace EdgeGesture.Training.Synthesis;

/// <summary>How often each label is made: everyday gestures more than rare ones, and nearly a fifth without any gesture.</summary>
public static class LabelMix
{
    private static readonly (string Label, float Share)[] Shares =
        [.. JesterVocabulary.Labels.Select(label => (label, ShareOf(label)))];

    /// <summary>A label, drawn by its share.</summary>
    public static string Draw(Dice dice)
    {
        var at = dice.Between(0, Shares.Sum(share => share.Share));
        foreach (var (label, share) in Shares)
        {
            at -= share;
            if (at < 0)
                return label;
        }

        return Shares[^1].Label;
    }

    private static float ShareOf(string label) => label switch
    {
        JesterVocabulary.DoingOtherThings => 6,
        JesterVocabulary.NoGesture => 2.5f,
        "Stop Sign" or "Thumb Up" or "Thumb Down" => 2,
        _ when label.StartsWith("Swiping", StringComparison.Ordinal) => 2.5f,
        _ => 1.2f,
    };
}
