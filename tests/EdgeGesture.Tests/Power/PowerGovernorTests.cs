using CsCheck;
using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

public class PowerGovernorTests
{
    private const double HotCelsius = 80;

    private static IReadOnlyList<GovernorLevel> Levels { get; } = GovernorLevel.For(threads: 1);

    public static TheoryData<double, double, double> Boards() => new()
    {
        // Idle watts, watts of the network at full cadence, budget.
        { 2.7, 2.0, 4.0 },
        { 2.7, 2.0, 3.6 },
        { 0.6, 1.2, 1.0 },
        { 3.3, 3.0, 4.9 },
        { 1.0, 4.0, 3.9 },
        { 1.0, 4.0, 2.6 },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_rolling_mean_is_in_the_budget_within_a_minute_and_stays_there(double idleWatts, double networkWatts, double budgetWatts)
    {
        var board = new Board(idleWatts, networkWatts, budgetWatts);
        var changes = board.Run(60);
        changes.AddRange(board.Run(3600, rolling => Assert.InRange(rolling, 0, 1.02 * budgetWatts)));
        Assert.InRange(MostInAMinute(changes), 0, 2);
        Assert.InRange(changes.Count, 0, 2 * 60 / 5);
    }

    [Fact]
    public void So_it_is_on_any_board_with_any_budget_that_its_lowest_level_can_hold()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var (idle, network) = (0.5 + 3.5 * random.NextDouble(), 0.3 + 4.7 * random.NextDouble());
            var least = idle + network * GovernorLevel.All[3].CadenceFactor;
            var budget = (least + random.NextDouble() * (idle + network - least)) / 0.97;
            var board = new Board(idle, network, budget)
            {
                LagSeconds = 3 * random.NextDouble(),
                SampleSeconds = 0.5 + 4.5 * random.NextDouble(),
                Noise = () => 0.02 * budget * (random.NextDouble() - 0.5),
            };
            var changes = board.Run(60);
            changes.AddRange(board.Run(3600, rolling => Assert.InRange(rolling, 0, 1.02 * budget)));
            Assert.InRange(MostInAMinute(changes), 0, 2);
        }
    }

    [Fact]
    public void It_never_changes_more_than_twice_a_minute_whatever_happens() =>
        Gen.Select(Gen.Double[0.5, 4], Gen.Double[0.1, 5], Gen.Double[0.5, 8], Gen.Int).Sample((idle, network, budget, seed) =>
        {
            var random = new Random(seed);
            var board = new Board(idle, network, budget)
            {
                Noise = () => random.NextDouble() - 0.5,
                Respond = _ => new BoardHealth((ThrottleReasons)(random.Next(20) == 0 ? random.Next(16) : 0), default, 70 + 15 * random.NextDouble()),
            };
            var changes = new List<(double, string)>();
            for (var minute = 0; minute < 60; minute++)
            {
                board.NetworkShare = random.NextDouble();
                changes.AddRange(board.Run(60));
            }

            return MostInAMinute(changes) <= 2;
        }, iter: 50);

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_steady_load_settles_and_is_tried_ever_more_rarely(double idleWatts, double networkWatts, double budgetWatts)
    {
        var board = new Board(idleWatts, networkWatts, budgetWatts);
        board.Run(3600);
        Assert.InRange(board.Run(3600).Count, 0, 2 * 60 / 16 + 2);
    }

    [Fact]
    public void It_goes_to_the_level_that_the_first_steps_effect_says()
    {
        var board = new Board(1, 4, 3.2);
        Assert.Equal(2, board.Run(60).Count);
        Assert.Equal(2, board.Governor.Level.Index); // 3 W; level 1 was 4 W

        board = new Board(1, 4, 2.2);
        Assert.Equal(2, board.Run(60).Count);
        Assert.Equal(4, board.Governor.Level.Index); // not even 2.33 W would do: on to the camera
    }

    [Fact]
    public void An_impossible_budget_ends_at_the_lowest_level()
    {
        var board = new Board(3, 1, 2);
        board.Run(60);
        Assert.Equal(Levels[^1], board.Governor.Level);
        Assert.Empty(board.Run(3600));
    }

    [Fact]
    public void A_scene_that_became_still_gets_the_full_cadence_back()
    {
        var board = new Board(2.7, 2, 3.6);
        board.Run(60);
        Assert.NotEqual(0, board.Governor.Level.Index);
        board.NetworkShare = 0.02;
        board.Run(900);
        Assert.Equal(0, board.Governor.Level.Index);
    }

    [Fact]
    public void A_load_that_begins_late_is_answered_as_quickly()
    {
        var board = new Board(2.7, 2, 3.9) { NetworkShare = 0.02 };
        board.Run(1000);
        board.NetworkShare = 1;
        board.Run(60);
        board.Run(300, rolling => Assert.InRange(rolling, 0, 1.02 * 3.9));
    }

    [Theory]
    [InlineData(ThrottleReasons.UnderVoltage, null)]
    [InlineData(ThrottleReasons.SoftTemperatureLimit, null)]
    [InlineData(ThrottleReasons.None, 84.0)]
    public void Heat_and_throttling_step_down_and_once_it_is_gone_up_again(ThrottleReasons reasons, double? celsius)
    {
        var board = new Board(2.7, 2, budgetWatts: null) { Health = new BoardHealth(reasons, reasons, celsius) };
        var changes = board.Run(60);
        Assert.Equal(2, changes.Count); // a step, and as that does not do, all
        Assert.Equal(Levels[^1], board.Governor.Level);
        Assert.Empty(board.Run(300));
        Assert.Contains(celsius is null ? reasons.ToString() : "84 °C", changes[0].Reason, StringComparison.Ordinal);

        board.Health = new BoardHealth(ThrottleReasons.None, reasons, celsius is null ? null : HotCelsius - 3);
        if (celsius is not null)
        {
            Assert.Empty(board.Run(300)); // not cool enough yet
            board.Health = new BoardHealth(ThrottleReasons.None, reasons, 60);
        }

        var back = board.Run(1800);
        Assert.Equal(4, back.Count);
        Assert.Equal(0, board.Governor.Level.Index);
        Assert.Equal("the board is cool again", back[0].Reason);
    }

    [Fact]
    public void A_board_that_grows_hot_slowly_is_kept_from_it_without_swinging()
    {
        // 25 °C and 12 °C for each watt, in two minutes: full is 81.4 °C, three quarters of the cadence 75.4 °C.
        var celsius = 25.0;
        var board = new Board(2.7, 2, budgetWatts: null);
        board.Respond = level =>
        {
            celsius += board.SampleSeconds / 120 * (25 + 12 * (2.7 + 2 * Levels[level].CadenceFactor) - celsius);
            return new BoardHealth(ThrottleReasons.None, default, celsius);
        };
        Assert.Single(board.Run(1200));
        Assert.Equal(1, board.Governor.Level.Index);
        Assert.Empty(board.Run(4 * 3600)); // it never is cool enough for more
        Assert.InRange(celsius, 75, HotCelsius);
    }

    [Fact]
    public void The_last_step_is_there_only_where_there_are_threads_to_save()
    {
        Assert.DoesNotContain(GovernorLevel.For(1), level => level.IsSingleThread);
        Assert.True(GovernorLevel.For(2)[^1].IsSingleThread);
        Assert.All(GovernorLevel.For(4), level => Assert.Equal(level, GovernorLevel.All[level.Index]));
    }

    [Fact]
    public void A_board_that_throttles_at_the_same_level_again_and_again_is_left_longer_each_time()
    {
        var board = new Board(2.7, 2, budgetWatts: null);
        board.Respond = level => new BoardHealth(level == 0 ? ThrottleReasons.Throttled : ThrottleReasons.None, default, null);
        var changes = board.Run(4 * 3600);
        Assert.InRange(MostInAMinute(changes), 0, 2);
        Assert.InRange(changes.Count, 2, 2 * (3 + 4 * 60 / 16));
    }

    [Fact]
    public void Without_a_budget_and_heat_or_without_a_reading_nothing_changes()
    {
        Assert.Empty(new Board(2.7, 2, budgetWatts: null).Run(3600));
        Assert.Empty(new Board(2.7, 2, budgetWatts: 1) { Noise = () => double.NaN }.Run(3600));
    }

    private static int MostInAMinute(List<(double Seconds, string Reason)> changes) =>
        changes.Count == 0 ? 0 : changes.Max(change => changes.Count(other => other.Seconds >= change.Seconds && other.Seconds < change.Seconds + 60));

    /// <summary>A board whose watts follow the level, sampled regularly.</summary>
    private sealed class Board(double idleWatts, double networkWatts, double? budgetWatts)
    {
        private readonly RollingMean _rolling = new(TimeSpan.FromSeconds(30));
        private double? _watts;
        private double _seconds;

        public PowerGovernor Governor { get; } = new(Levels, HotCelsius);

        public double SampleSeconds { get; init; } = 2;

        /// <summary>Time constant with which the watts follow the level.</summary>
        public double LagSeconds { get; init; }

        /// <summary>How much of the time the motion gate lets the network run.</summary>
        public double NetworkShare { get; set; } = 1;

        public BoardHealth Health { get; set; }

        public Func<int, BoardHealth>? Respond { get; set; }

        /// <summary>Added to the watts; not a number for no reading.</summary>
        public Func<double> Noise { get; set; } = () => 0;

        public List<(double Seconds, string Reason)> Run(double seconds, Action<double>? check = null)
        {
            var changes = new List<(double, string)>();
            for (var end = _seconds + seconds; _seconds < end; _seconds += SampleSeconds)
            {
                var now = TimeSpan.FromSeconds(_seconds);
                var target = idleWatts + networkWatts * NetworkShare * Governor.Level.CadenceFactor;
                _watts = target + (LagSeconds > 0 ? Math.Exp(-SampleSeconds / LagSeconds) : 0) * ((_watts ?? target) - target);
                var watts = _watts.Value + Noise();
                if (!double.IsNaN(watts))
                {
                    _rolling.Add(now, watts);
                    check?.Invoke(_rolling.Mean(now)!.Value);
                }

                var health = Respond?.Invoke(Governor.Level.Index) ?? Health;
                if (Governor.Step(now, double.IsNaN(watts) ? null : watts, budgetWatts, health, out var reason))
                {
                    changes.Add((_seconds, reason));
                }
            }

            return changes;
        }
    }
}
