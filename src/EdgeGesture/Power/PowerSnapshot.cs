namespace EdgeGesture.Power;

/// <summary>The account at one moment, for people and programs.</summary>
public sealed record PowerSnapshot
{
    /// <summary>Where the watts come from.</summary>
    public required string Source { get; init; }

    /// <summary>False where they are an estimate.</summary>
    public required bool IsMeasured { get; init; }

    /// <summary>How far an estimate may be off: 0.3 for ±30 %; null for a measurement.</summary>
    public required double? ErrorFraction { get; init; }

    /// <summary>The last reading; null while the meter gives none.</summary>
    public required double? Watts { get; init; }

    /// <summary>The mean of the last 30 s.</summary>
    public required double? RollingWatts { get; init; }

    /// <summary>What the board may take now; null without a budget.</summary>
    public required double? BudgetWatts { get; init; }

    /// <summary>The governor's level: 0 is full.</summary>
    public required GovernorLevel Level { get; init; }

    /// <summary>Why the level last changed; empty while it has not.</summary>
    public required string LevelReason { get; init; }

    public required BoardHealth Health { get; init; }

    /// <summary>Today so far.</summary>
    public required EnergyTally Today { get; init; }

    /// <summary>Since the account began.</summary>
    public required EnergyTally Total { get; init; }

    /// <summary>The last hours, oldest first.</summary>
    public required IReadOnlyList<TimedTally> Hours { get; init; }

    /// <summary>The last days, oldest first.</summary>
    public required IReadOnlyList<TimedTally> Days { get; init; }

    /// <summary>By the governor's level.</summary>
    public required IReadOnlyList<EnergyTally> Levels { get; init; }
}
