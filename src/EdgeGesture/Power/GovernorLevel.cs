namespace EdgeGesture.Power;

/// <summary>One step of the power governor.</summary>
/// <param name="Index">0 for full, higher for less.</param>
/// <param name="CadenceFactor">What part of the model's cadence the network runs at, 0–1.</param>
/// <param name="IsCameraSlow">Whether the camera is asked for no more frames than that.</param>
/// <param name="IsSingleThread">Whether a network call keeps to one thread.</param>
public sealed record GovernorLevel(int Index, double CadenceFactor, bool IsCameraSlow = false, bool IsSingleThread = false)
{
    /// <summary>
    /// From full to least. The cadence goes first, because it sets the cost of a scene that moves and, down to a half, costs
    /// hardly a gesture (README, "Power"); then what the camera, its bus and its driver take; then threads that wait for
    /// each other.
    /// </summary>
    public static IReadOnlyList<GovernorLevel> All { get; } =
    [
        new(0, 1),
        new(1, 0.75),
        new(2, 0.5),
        new(3, 1 / 3.0),
        new(4, 1 / 3.0, IsCameraSlow: true),
        new(5, 1 / 3.0, IsCameraSlow: true, IsSingleThread: true),
    ];

    /// <summary>The levels that differ for a network with so many threads.</summary>
    public static IReadOnlyList<GovernorLevel> For(int threads) => threads > 1 ? All : [.. All.Where(level => !level.IsSingleThread)];

    /// <summary>What it does, for the log: <c>cadence × 0.33, slow camera</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"cadence × {CadenceFactor:0.00}{(IsCameraSlow ? ", slow camera" : "")}{(IsSingleThread ? ", one thread" : "")}");
}
