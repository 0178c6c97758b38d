using System.Diagnostics.Metrics;
using EdgeGesture.Power;
using EdgeGesture.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Power;

public sealed class PowerAccountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-account-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));
    private readonly SimulatedMeter _meter = new();
    private readonly SimulatedHealth _health = new();
    private readonly LogList _logger = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_reads_the_meter_by_the_timer_and_keeps_the_account()
    {
        using var account = Start(new PowerOptions());
        for (var i = 0; i < 600; i++)
        {
            account.CountFrame();
            if (i % 3 == 0)
            {
                account.CountInference(TimeSpan.FromMilliseconds(5));
            }

            _clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        account.CountEvent();
        var snapshot = account.Snapshot();
        Assert.Equal(180, snapshot.Total.Joules, 1e-6);
        Assert.Equal((600, 200, 1), (snapshot.Total.Frames, snapshot.Total.Inferences, snapshot.Total.Events));
        Assert.Equal(1.0, snapshot.Total.ProcessorSeconds, 1e-9);
        Assert.Equal(0.9, snapshot.Today.JoulesPerInference!.Value, 1e-6);
        Assert.Equal(3, snapshot.RollingWatts!.Value, 1e-9);
        Assert.Equal("Power is measured by simulated meter.", _logger.Lines[0]);
        Assert.Equal(
            "The last minute: 600 frames, 0 gestures; 3.00 W (measured), 1.0 bike lights, 0.90 J for each of 200 network calls; today 0.05 Wh; level 0.",
            _logger.Lines[1]);
    }

    [Fact]
    public void A_kill_loses_no_more_than_a_minute_and_a_stop_nothing()
    {
        var killed = Start(new PowerOptions()); // never disposed
        Advance(3605);
        var known = killed.Snapshot().Total.Joules;
        var state = new EnergyStateFile(_folder, _clock, _logger).Load();
        Assert.InRange(known - state.Total.Joules, 0, 3 * 60);

        using (var stopped = Start(new PowerOptions()))
        {
            Assert.Equal(state.Total.Joules, stopped.Snapshot().Total.Joules, 1e-9);
            Advance(31);
        }

        using var next = Start(new PowerOptions());
        Assert.Equal(state.Total.Joules + 93, next.Snapshot().Total.Joules, 1e-6);
        killed.Dispose();
    }

    [Fact]
    public void The_account_equals_a_counters_energy_whatever_the_power_does_between_readings()
    {
        // A counter with the power of each moment; the timer comes late now and then.
        var random = new Random(3);
        var (counter, last) = (0.0, 0.0);
        using var meter = new SimulatedMeter { IsMean = true };
        using var account = new PowerAccount(meter, _health, new PowerOptions(), GovernorLevel.For(threads: 1), _folder, _clock, _logger);
        var begin = _clock.GetUtcNow();
        var lastRead = begin;
        meter.Watts = () =>
        {
            var seconds = (_clock.GetUtcNow() - lastRead).TotalSeconds;
            (var joules, last, lastRead) = (counter - last, counter, _clock.GetUtcNow());
            return seconds > 0 ? joules / seconds : null;
        };
        account.Start(); // no reading yet: no time has passed
        Advance(2); // from here on
        var before = counter;
        for (var i = 0; i < 5000; i++)
        {
            var step = 0.3 + random.NextDouble();
            counter += step * (random.Next(10) == 0 ? 12 : 1 + random.NextDouble());
            _clock.Advance(TimeSpan.FromSeconds(step));
        }

        _clock.Advance(TimeSpan.FromSeconds(2));
        var snapshot = account.Snapshot();
        var unread = counter - last;
        Assert.All(
            (double[])[snapshot.Total.Joules, snapshot.Hours.Sum(hour => hour.Tally.Joules), snapshot.Days.Sum(day => day.Tally.Joules), snapshot.Levels.Sum(level => level.Joules)],
            sum => Assert.Equal(counter - before - unread, sum, 1e-3 * counter));
    }

    [Fact]
    public void A_meter_that_costs_something_is_read_less_often()
    {
        var reads = 0;
        using var meter = new SimulatedMeter
        {
            LeastInterval = TimeSpan.FromSeconds(5),
            Watts = () =>
            {
                reads++;
                return 3;
            },
        };
        using var account = new PowerAccount(meter, _health, new PowerOptions(), GovernorLevel.For(threads: 1), null, _clock, _logger);
        account.Start();
        for (var i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1 + 12, reads);
        Assert.Equal(180, account.Snapshot().Total.Joules, 1e-6);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(2)]
    [InlineData(4.9)]
    [InlineData(5)]
    public void No_more_than_a_minute_lies_between_two_writings(double sampleSeconds)
    {
        using var account = Start(new PowerOptions { SampleSeconds = sampleSeconds });
        var path = Path.Join(_folder, "energy.json");
        var (last, longest) = (0.0, 0.0);
        for (var seconds = 0.0; seconds < 600; seconds += 0.1)
        {
            File.Delete(path);
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            if (File.Exists(path))
            {
                (longest, last) = (Math.Max(longest, seconds - last), seconds);
            }
        }

        Assert.InRange(longest, 50, 60.01);
    }

    [Fact]
    public void The_file_is_written_once_a_minute_at_most()
    {
        using var account = Start(new PowerOptions());
        var path = Path.Join(_folder, "energy.json");
        var writes = 0;
        for (var i = 0; i < 300; i++)
        {
            File.Delete(path);
            Advance(2);
            writes += File.Exists(path) ? 1 : 0;
        }

        Assert.Equal(10, writes);
    }

    [Fact]
    public void A_meter_that_is_lost_is_said_once_and_once_when_it_is_back()
    {
        using var account = Start(new PowerOptions());
        Advance(10);
        _meter.Watts = () => null;
        Advance(50);
        Assert.Null(account.Snapshot().Watts);
        _meter.Watts = () => double.NaN;
        Advance(50);
        _meter.Watts = () => 3;
        Advance(10);
        Assert.Single(_logger.Lines, line => line.StartsWith("The power meter gives no readings", StringComparison.Ordinal));
        Assert.Single(_logger.Lines, line => line.StartsWith("The power meter gives readings again", StringComparison.Ordinal));
        Assert.Equal(3 * (10 + 8), account.Snapshot().Total.Joules, 7); // nothing is invented for the gap
    }

    [Fact]
    public void A_budget_lowers_the_cadence_with_one_line_and_the_reason()
    {
        using var account = Start(new PowerOptions { BudgetWatts = 2.5 });
        _meter.Watts = () => 2 + account.Level.CadenceFactor;
        Advance(60);
        Assert.Equal(3, account.Level.Index);
        var lines = _logger.Lines.Where(line => line.Contains("Power level", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal("Power level 1 → 3 (cadence × 0.33): 2.75 W are more than the budget of 2.50 W.", lines[1]);
        Assert.Contains("more than the budget", account.Snapshot().LevelReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_daily_budget_is_what_is_left_spread_over_what_is_left_of_the_day()
    {
        using var account = Start(new PowerOptions { BudgetWattHoursPerDay = 12 }); // four hours are left
        Assert.Equal(3, account.Snapshot().BudgetWatts!.Value, 1e-9);
        _meter.Watts = () => 6;
        Advance(3600);
        Assert.Equal(2, account.Snapshot().BudgetWatts!.Value, 0.01); // 6 Wh in three hours
        Assert.NotEqual(0, account.Level.Index);
    }

    [Fact]
    public void The_smaller_of_two_budgets_counts()
    {
        using var account = Start(new PowerOptions { BudgetWattHoursPerDay = 12, BudgetWatts = 2 });
        Assert.Equal(2, account.Snapshot().BudgetWatts);
    }

    [Fact]
    public void Throttling_lowers_the_cadence()
    {
        using var account = Start(new PowerOptions());
        _health.Health = new BoardHealth(ThrottleReasons.Throttled, ThrottleReasons.Throttled, 82);
        Advance(40);
        Assert.NotEqual(0, account.Level.Index);
        Assert.Contains("Throttled", account.Snapshot().LevelReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_that_ended_gets_its_line()
    {
        using var account = Start(new PowerOptions());
        account.CountEvent();
        Advance(4 * 3600 + 120);
        var line = Assert.Single(_logger.Lines, line => line.Contains("Power on 2026-03-01", StringComparison.Ordinal));
        Assert.Contains("12.00 Wh (measured), as a bike light in 4.0 h", line, StringComparison.Ordinal);
        Assert.Contains("1 gestures", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_instruments_have_the_conventions_names()
    {
        using var account = Start(new PowerOptions());
        Advance(10);
        var values = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == PowerAccount.MeterName && instrument.Meter.Scope == account)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values[$"{instrument.Name} {instrument.Unit}"] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Equal(3, values["hw.host.power W"]);
        Assert.Equal(30, values["hw.host.energy J"], 1e-6);
    }

    [Fact]
    public void Disposal_disposes_the_meter_and_ends_the_readings()
    {
        var account = Start(new PowerOptions());
        account.Dispose();
        account.Dispose();
        Assert.True(_meter.IsDisposed);
        _meter.Watts = () => throw new ObjectDisposedException("meter");
        Advance(10);
    }

    private PowerAccount Start(PowerOptions options)
    {
        var account = new PowerAccount(_meter, _health, options, GovernorLevel.For(threads: 1), _folder, _clock, _logger);
        account.Start();
        return account;
    }

    // In the timer's steps: the fake clock calls a timer that it jumps over at the end of the jump.
    private void Advance(double seconds)
    {
        for (var left = seconds; left > 0; left -= 2)
        {
            _clock.Advance(TimeSpan.FromSeconds(Math.Min(left, 2)));
        }
    }
}
