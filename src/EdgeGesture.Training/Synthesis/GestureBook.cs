using EdgeGesture.Models;

namespace EdgeGesture.Training.Synthesis;

/// <summary>All gestures by their Jester label.</summary>
public static class GestureBook
{
    private static readonly Dictionary<string, Func<Stage, Gesture>> Makers = new()
    {
        ["Drumming Fingers"] = Turns.Drumming,
        ["Pulling Hand In"] = stage => Depths.Pull(stage, twoFingers: false),
        ["Pulling Two Fingers In"] = stage => Depths.Pull(stage, twoFingers: true),
        ["Pushing Hand Away"] = stage => Depths.Push(stage, twoFingers: false),
        ["Pushing Two Fingers Away"] = stage => Depths.Push(stage, twoFingers: true),
        ["Rolling Hand Backward"] = stage => Turns.Rolling(stage, forward: false),
        ["Rolling Hand Forward"] = stage => Turns.Rolling(stage, forward: true),
        ["Shaking Hand"] = Turns.Shaking,
        ["Sliding Two Fingers Down"] = stage => Swipes.Down(stage, HandShape.TwoFingers),
        ["Sliding Two Fingers Left"] = stage => Swipes.Left(stage, HandShape.TwoFingers),
        ["Sliding Two Fingers Right"] = stage => Swipes.Right(stage, HandShape.TwoFingers),
        ["Sliding Two Fingers Up"] = stage => Swipes.Up(stage, HandShape.TwoFingers),
        ["Stop Sign"] = Signs.Stop,
        ["Swiping Down"] = stage => Swipes.Down(stage, OpenOrIndex(stage)),
        ["Swiping Left"] = stage => Swipes.Left(stage, OpenOrIndex(stage)),
        ["Swiping Right"] = stage => Swipes.Right(stage, OpenOrIndex(stage)),
        ["Swiping Up"] = stage => Swipes.Up(stage, OpenOrIndex(stage)),
        ["Thumb Down"] = Signs.ThumbDown,
        ["Thumb Up"] = Signs.ThumbUp,
        ["Turning Hand Clockwise"] = stage => Turns.Turning(stage, clockwise: true),
        ["Turning Hand Counterclockwise"] = stage => Turns.Turning(stage, clockwise: false),
        ["Zooming In With Full Hand"] = stage => Zooms.In(stage, fullHand: true),
        ["Zooming In With Two Fingers"] = stage => Zooms.In(stage, fullHand: false),
        ["Zooming Out With Full Hand"] = stage => Zooms.Out(stage, fullHand: true),
        ["Zooming Out With Two Fingers"] = stage => Zooms.Out(stage, fullHand: false),
    };

    private static readonly string[] SingleMotions = ["Swiping", "Sliding", "Pulling", "Pushing", "Turning", "Zooming"];

    // What siblings are called: with the whole hand, with two fingers.
    private static readonly (string Hand, string Fingers)[] SiblingNames =
    [
        ("Swiping", "Sliding Two Fingers"),
        ("Pushing Hand", "Pushing Two Fingers"),
        ("Pulling Hand", "Pulling Two Fingers"),
        ("Full Hand", "Two Fingers"),
    ];

    /// <summary>Every label that is a gesture, in Jester's order.</summary>
    public static IReadOnlyList<string> Labels { get; } =
        [.. JesterVocabulary.Labels.Where(label => !JesterVocabulary.Background.Contains(label))];

    private static readonly byte[] MirroredIndices =
        [.. JesterVocabulary.Labels.Select(label => (byte)IndexOf(Mirrored(label)))];

    /// <summary>The place of one of all labels in the scores; -1 if it is none.</summary>
    public static int IndexOf(string label)
    {
        for (var i = 0; i < JesterVocabulary.Labels.Count; i++)
        {
            if (JesterVocabulary.Labels[i] == label)
                return i;
        }

        return -1;
    }

    /// <summary>Whether a label, by its index, is no gesture.</summary>
    public static bool IsBackground(int label) => JesterVocabulary.Background.Contains(JesterVocabulary.Labels[label]);

    /// <summary>The label that a gesture has in a mirrored picture.</summary>
    public static string Mirrored(string label) => label switch
    {
        "Turning Hand Clockwise" => "Turning Hand Counterclockwise",
        "Turning Hand Counterclockwise" => "Turning Hand Clockwise",
        _ when label.EndsWith(" Left", StringComparison.Ordinal) => label[..^4] + "Right",
        _ when label.EndsWith(" Right", StringComparison.Ordinal) => label[..^5] + "Left",
        _ => label,
    };

    /// <summary>The index of the label that a gesture has in a mirrored picture; other values stay.</summary>
    public static byte MirroredIndex(byte label) => label < MirroredIndices.Length ? MirroredIndices[label] : label;

    /// <summary>The gesture that is the same motion made with other fingers; null if there is none.</summary>
    public static string? Sibling(string label)
    {
        foreach (var (hand, fingers) in SiblingNames)
        {
            if (label.Contains(hand, StringComparison.Ordinal))
                return label.Replace(hand, fingers, StringComparison.Ordinal);
            if (label.Contains(fingers, StringComparison.Ordinal))
                return label.Replace(fingers, hand, StringComparison.Ordinal);
        }

        return null;
    }

    /// <summary>Whether a gesture is over after one motion, so that its end alone does not tell it.</summary>
    public static bool IsSingleMotion(byte label) =>
        SingleMotions.Any(motion => JesterVocabulary.Labels[label].StartsWith(motion, StringComparison.Ordinal));

    /// <summary>One random performance of a gesture.</summary>
    public static Gesture Make(string label, Stage stage) => Makers[label](stage);

    private static HandShape OpenOrIndex(Stage stage) =>
        stage.Dice.Chance(stage.FirstPerson ? 0.85f : 0.15f) ? HandShape.Index : HandShape.Open;
}
