using CsCheck;
using EdgeGesture.Power;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Power;

public class EnergyLedgerTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 22, 30, 0, TimeSpan.Zero));
    private readonly LedgerState _state = new();

    [Fact]
    public void Watts_are_integrated_over_the_real_time_between_samples()
    {
        var ledger = new EnergyLedger(_state, _clock);
        Assert.Equal(0, ledger.Add(4, 0));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(10, ledger.Add(6, 0), 1e-9); // a trapezoid
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(3, ledger.Add(6, 0), 1e-9);
        Assert.Equal(13, _state.Total.Joules, 1e-9);
        Assert.Equal(2.5, _state.Total.MeteredSeconds, 1e-9);
        Assert.Equal(5.2, _state.Total.MeanWatts!.Value, 1e-9);
    }

    [Fact]
    public void A_long_gap_is_not_guessed()
    {
        var ledger = new EnergyLedger(_state, _clock);
        ledger.Add(4, 0);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, ledger.Add(4, 0));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, ledger.Add(4, 0), 1e-9);
    }

    [Fact]
    public void Hours_days_and_levels_add_up_to_the_integral()
    {
        Gen.Select(Gen.Double[0, 15], Gen.Double[0.5, 29], Gen.Int[0, 4]).Array[2, 400].Sample(samples =>
        {
            var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 22, 30, 0, TimeSpan.Zero));
            var state = new LedgerState();
            var ledger = new EnergyLedger(state, clock);
            var (integral, last) = (0.0, (double?)null);
            foreach (var (watts, seconds, level) in samples)
            {
                clock.Advance(TimeSpan.FromSeconds(seconds));
                integral += ((last ?? 0) + watts) / 2 * (last is null ? 0 : TimeSpan.FromSeconds(seconds).TotalSeconds);
                last = watts;
                ledger.Add(watts, level);
                ledger.Add(new PipelineWork(10, 3, 1, 0.01), level);
            }

            Assert.All(
                (double[])[state.Total.Joules, state.Hours.Sum(hour => hour.Tally.Joules), state.Days.Sum(day => day.Tally.Joules), state.Levels.Sum(level => level.Joules)],
                sum => Assert.Equal(integral, sum, 1e-3 * integral + 1e-9));
            Assert.All(
                (long[])[state.Total.Frames, state.Hours.Sum(hour => hour.Tally.Frames), state.Days.Sum(day => day.Tally.Frames), state.Levels.Sum(level => level.Frames)],
                sum => Assert.Equal(10 * samples.Length, sum));
        }, iter: 30);
    }

    [Fact]
    public void Hours_and_days_are_local_and_the_oldest_leave()
    {
        _clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(2), "x", "x"));
        var ledger = new EnergyLedger(_state, _clock);
        Assert.Equal(84_600, ledger.SecondsLeftToday); // it is half past midnight there
        for (var i = 0; i < 70 * 24 * 4; i++)
        {
            ledger.Add(new PipelineWork(1, 0, 0, 0), 0);
            _clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(48, _state.Hours.Count);
        Assert.Equal(62, _state.Days.Count);
        Assert.All(_state.Days, day => Assert.Equal(TimeSpan.Zero, day.Start.TimeOfDay));
        Assert.All(_state.Hours, hour => Assert.Equal(0, hour.Start.Minute));
    }

    [Fact]
    public void A_clock_that_goes_back_makes_no_second_entry()
    {
        var clock = new SettableClock();
        var ledger = new EnergyLedger(_state, clock);
        ledger.Add(2, 0);
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Error = TimeSpan.FromDays(3);
        ledger.Add(2, 0);
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Error = TimeSpan.Zero;
        ledger.Add(2, 0);
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Error = TimeSpan.FromDays(3);
        ledger.Add(2, 0);
        Assert.Equal([4, 2], _state.Days.Select(day => day.Tally.Joules));
    }

    [Fact]
    public void What_was_estimated_stays_known()
    {
        var ledger = new EnergyLedger(_state, _clock);
        ledger.Add(3, 0);
        Assert.Equal("measured", _state.Total.Kind);
        foreach (var (isMeasured, kind) in ((bool, string)[])[(false, "estimate"), (true, "50 % estimate")])
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            ledger.Add(3, 0, isMeasured);
            Assert.Equal(kind, _state.Total.Kind);
        }
    }

    [Fact]
    public void Energy_is_shared_among_what_was_done_and_nothing_is_divided_by_nothing()
    {
        var tally = new EnergyTally { Joules = 60 };
        Assert.Null(tally.JoulesPerFrame);
        Assert.Null(tally.JoulesPerInference);
        Assert.Null(tally.JoulesPerEvent);
        Assert.Null(tally.MeanWatts);
        tally.AddWork(new PipelineWork(600, 200, 3, 1.5));
        Assert.Equal((0.1, 0.3, 20.0), (tally.JoulesPerFrame, tally.JoulesPerInference, tally.JoulesPerEvent));
    }

    /// <summary>A clock whose time of day, but not its ticking, can be wrong.</summary>
    private sealed class SettableClock : TimeProvider
    {
        private TimeSpan _elapsed;

        public TimeSpan Error { get; set; }

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _elapsed += time;

        public override long GetTimestamp() => _elapsed.Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _elapsed + Error;
    }
}
