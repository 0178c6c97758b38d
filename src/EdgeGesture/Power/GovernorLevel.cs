namespace EdgeGesture.Power;

/// <summary>One step of the power governor.</summary>
/// <param name="Index">0 for full, higher for less.</param>
/// <param name="CadenceFactor">What part of the model's cadence the network runs at, 0–1.</param>
/// <param name="HoldFactor">What part of the hold time the network stays awake after motion, 0–1.</param>
public sealed record GovernorLevel(int Index, double CadenceFactor, double HoldFactor)
{
    /// <summary>
    /// From full to least. The cadence goes first, because it sets the cost in a scene that moves; below a third of it
    /// gestures are no longer told apart, so last the network may only sleep sooner.
    /// </summary>
    public static IReadOnlyList<GovernorLevel> All { get; } =
    [
        new(0, 1, 1),
        new(1, 0.75, 1),
        new(2, 0.5, 1),
        new(3, 1 / 3.0, 1),
        new(4, 1 / 3.0, 0.5),
    ];
}
