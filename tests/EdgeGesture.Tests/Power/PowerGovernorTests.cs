using CsCheck;
using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

public class PowerGovernorTests
{
    private const double SampleSeconds = 2;
    private const double HotCelsius = 80;

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
        board.Run(60);
        var changes = board.Run(3600, rolling => Assert.InRange(rolling, 0, 1.02 * budgetWatts));
        Assert.InRange(MostInAMinute(changes), 0, 2);
        Assert.InRange(changes.Count, 0, 2 * 60 / 5);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_level_does_not_follow_noise(double idleWatts, double networkWatts, double budgetWatts)
    {
        var random = new Random(1);
        var board = new Board(idleWatts, networkWatts, budgetWatts) { Noise = () => 0.1 * (random.NextDouble() - 0.5) };
        board.Run(60);
        Assert.InRange(MostInAMinute(board.Run(3600)), 0, 2);
    }

    [Fact]
    public void It_never_changes_more_than_twice_a_minute_once_settled_whatever_happens() =>
        Gen.Select(Gen.Double[0.5, 4], Gen.Double[0.1, 5], Gen.Double[0.5, 8]).Sample((idle, network, budget) =>
        {
            var board = new Board(idle, network, budget);
            board.Run(120);
            return MostInAMinute(board.Run(1800)) <= 2;
        }, iter: 50);

    [Fact]
    public void An_impossible_budget_ends_at_the_lowest_level()
    {
        var board = new Board(3, 1, 2);
        board.Run(60);
        Assert.Equal(GovernorLevel.All[^1], board.Governor.Level);
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
        var changes = board.Run(120);
        Assert.Equal(4, changes.Count);
        Assert.InRange(MostInAMinute(changes), 0, 4);
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

    /// <summary>A board whose watts follow the level at once, sampled every two seconds.</summary>
    private sealed class Board(double idleWatts, double networkWatts, double? budgetWatts)
    {
        private readonly RollingMean _rolling = new(TimeSpan.FromSeconds(30));
        private double _seconds;

        public PowerGovernor Governor { get; } = new(HotCelsius);

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
                var watts = idleWatts + networkWatts * NetworkShare * Governor.Level.CadenceFactor + Noise();
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
