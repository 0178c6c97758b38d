namespace EdgeGesture.Power;

/// <summary>
/// The account: watts integrated over the real time between samples (trapezoids; a mean counts for all of it), entered as a whole, by hour, by day and
/// by the governor's level. Each joule is entered once in each of these, so that they add up to the same.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class EnergyLedger(LedgerState state, TimeProvider clock)
{
    private const int KeptHours = 48;
    private const int KeptDays = 62;

    // Beyond it nothing is known of what was taken between two samples.
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(30);

    private long _lastTime;
    private double? _lastWatts;

    public LedgerState State => state;

    /// <summary>The present day's entry.</summary>
    public EnergyTally Today => Entry(state.Days, Midnight(clock.GetLocalNow()), KeptDays);

    /// <summary>The seconds until the next day begins.</summary>
    public double SecondsLeftToday
    {
        get
        {
            var now = clock.GetLocalNow();
            return Math.Max((Midnight(now).AddDays(1) - now).TotalSeconds, 1);
        }
    }

    /// <summary>Enters a reading of the meter; the energy since the last one belongs to the present hour, day and level.</summary>
    /// <param name="watts">The power now, or since the last reading; finite and not below 0.</param>
    /// <param name="level">The governor's level since the last reading.</param>
    /// <param name="isMeasured">False for an estimate.</param>
    /// <param name="isMean">Whether it is the mean since the last reading.</param>
    /// <returns>The joules since the last reading, 0 where they are unknown.</returns>
    public double Add(double watts, int level, bool isMeasured = true, bool isMean = false)
    {
        var now = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(_lastTime, now);
        var joules = 0.0;
        if (_lastWatts is { } lastWatts && elapsed <= LongestGap)
        {
            joules = (isMean ? watts : (lastWatts + watts) / 2) * elapsed.TotalSeconds;
            foreach (var entry in Entries(level))
            {
                entry.AddEnergy(joules, elapsed.TotalSeconds, isMeasured);
            }
        }

        (_lastTime, _lastWatts) = (now, watts);
        return joules;
    }

    /// <summary>Enters what the pipeline did.</summary>
    internal void Add(in PipelineWork work, int level)
    {
        foreach (var entry in Entries(level))
        {
            entry.AddWork(work);
        }
    }

    private EnergyTally[] Entries(int level)
    {
        while (state.Levels.Count <= level)
        {
            state.Levels.Add(new EnergyTally());
        }

        var now = clock.GetLocalNow();
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        return [state.Total, Entry(state.Hours, hour, KeptHours), Entry(state.Days, Midnight(now), KeptDays), state.Levels[level]];
    }

    private static DateTimeOffset Midnight(DateTimeOffset now) => now - now.TimeOfDay;

    // By wall clock, so that the end of summer time makes no second day. A board without a battery clock may start in the
    // past: then an older entry is found again, or one more is made.
    private static EnergyTally Entry(IList<TimedTally> periods, DateTimeOffset start, int kept)
    {
        for (var i = periods.Count - 1; i >= 0; i--)
        {
            if (periods[i].Start.DateTime == start.DateTime)
            {
                return periods[i].Tally;
            }
        }

        periods.Add(new TimedTally(start, new EnergyTally()));
        if (periods.Count > kept)
        {
            periods.RemoveAt(0);
        }

        return periods[^1].Tally;
    }
}
