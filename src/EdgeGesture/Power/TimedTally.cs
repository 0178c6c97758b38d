namespace EdgeGesture.Power;

/// <summary>The energy of an hour or a day.</summary>
/// <param name="Start">When it began, local time.</param>
/// <param name="Tally">What it took.</param>
public sealed record TimedTally(DateTimeOffset Start, EnergyTally Tally);
