namespace EdgeGesture.Models;

/// <summary>
/// The default vocabulary: the 27 labels of the 20BN-Jester data set, in Jester's order and spelling, so that a
/// network trained elsewhere on Jester can take the default model's place. Left and right are the performer's own.
/// </summary>
public static class JesterVocabulary
{
    public const string DoingOtherThings = "Doing other things";
    public const string NoGesture = "No gesture";

    /// <summary>The labels; a label's index is its place in the network's scores.</summary>
    public static IReadOnlyList<string> Labels { get; } =
    [
        DoingOtherThings, "Drumming Fingers", NoGesture, "Pulling Hand In", "Pulling Two Fingers In",
        "Pushing Hand Away", "Pushing Two Fingers Away", "Rolling Hand Backward", "Rolling Hand Forward",
        "Shaking Hand", "Sliding Two Fingers Down", "Sliding Two Fingers Left", "Sliding Two Fingers Right",
        "Sliding Two Fingers Up", "Stop Sign", "Swiping Down", "Swiping Left", "Swiping Right", "Swiping Up",
        "Thumb Down", "Thumb Up", "Turning Hand Clockwise", "Turning Hand Counterclockwise",
        "Zooming In With Full Hand", "Zooming In With Two Fingers", "Zooming Out With Full Hand",
        "Zooming Out With Two Fingers",
    ];

    /// <summary>The labels that mean "nothing to act on".</summary>
    public static IReadOnlyList<string> Background { get; } = [DoingOtherThings, NoGesture];
}
