namespace EdgeGesture.Power;

/// <summary>The whole account, as it is kept on disk.</summary>
public sealed record LedgerState
{
    /// <summary>The layout of the file.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    /// <summary>Where the watts last came from.</summary>
    public string Source { get; set; } = "";

    /// <summary>Since the account began.</summary>
    public EnergyTally Total { get; set; } = new();

    /// <summary>The last hours, oldest first.</summary>
    public IList<TimedTally> Hours { get; set; } = [];

    /// <summary>The last days, oldest first.</summary>
    public IList<TimedTally> Days { get; set; } = [];

    /// <summary>By the governor's level.</summary>
    public IList<EnergyTally> Levels { get; set; } = [];

    internal bool IsValid => Version == CurrentVersion && Total.IsValid && Levels.All(level => level.IsValid)
        && Hours.Concat(Days).All(period => period.Tally.IsValid);
}
