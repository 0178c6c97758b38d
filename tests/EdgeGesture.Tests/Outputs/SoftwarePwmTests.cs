using CsCheck;
using EdgeGesture.Outputs;

namespace EdgeGesture.Tests.Outputs;

public class SoftwarePwmTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // only a broken test waits so long

    [Fact]
    public void Every_period_is_on_for_its_share_and_begins_on_time() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[1, 200]).Sample((duty, frequency) =>
        {
            var board = new SteppedBoard(periods: 5);
            using (new SoftwarePwm(board, frequency, duty, board, _ => { }))
            {
                Assert.True(board.Ended.Wait(Patience));
            }

            var edges = board.Edges.Take(10).ToList();
            for (var i = 0; i < edges.Count; i++)
            {
                Assert.Equal(i % 2 == 0, edges[i].IsHigh);
                Assert.Equal((i / 2 + (i % 2 == 0 ? 0 : duty)) / frequency, edges[i].Time.TotalSeconds, 1e-6);
            }
        }, iter: 20);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Fully_off_and_on_are_one_level_and_no_switching(double duty, bool expected)
    {
        var board = new SteppedBoard(periods: 3);
        using (new SoftwarePwm(board, 100, duty, board, _ => { }))
        {
            Assert.True(board.Written.Wait(Patience, TestContext.Current.CancellationToken));
        }

        Assert.All(board.Edges, edge => Assert.Equal(expected, edge.IsHigh));
        Assert.InRange(board.Edges.Count, 1, 2); // at the beginning and at the end
    }

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(0.6, true)]
    public void It_ends_at_the_nearer_of_off_and_on(double duty, bool expected)
    {
        var board = new SteppedBoard(periods: 3);
        using (new SoftwarePwm(board, 100, duty, board, _ => { }))
        {
            Assert.True(board.Ended.Wait(Patience, TestContext.Current.CancellationToken));
        }

        Assert.Equal(expected, board.Edges[^1].IsHigh);
        Assert.True(board.IsDisposed);
    }

    [Fact]
    public void A_line_that_breaks_is_reported_once_and_tried_again_with_the_next_share()
    {
        using var failed = new SemaphoreSlim(0);
        var board = new SteppedBoard(periods: 3) { IsBroken = true };
        using var pwm = new SoftwarePwm(board, 100, 0.5, board, _ => failed.Release());
        Assert.True(failed.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Empty(board.Edges);
        board.IsBroken = false;
        pwm.SetDuty(0);
        Assert.True(board.Written.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.False(board.Edges[0].IsHigh);
        Assert.Equal(0, failed.CurrentCount);
    }

    // A line and its clock: time passes only where somebody sleeps, and after some periods it stands still until the end.
    private sealed class SteppedBoard(int periods) : IOutputLine, IEdgeClock
    {
        private readonly List<(TimeSpan Time, bool IsHigh)> _edges = [];
        private volatile bool _isBroken;
        private TimeSpan _now;
        private int _sleeps;

        public ManualResetEventSlim Ended { get; } = new();

        public ManualResetEventSlim Written { get; } = new();

        public bool IsDisposed { get; private set; }

        public bool IsBroken
        {
            get => _isBroken;
            set => _isBroken = value;
        }

        public IReadOnlyList<(TimeSpan Time, bool IsHigh)> Edges
        {
            get
            {
                lock (_edges)
                {
                    return [.. _edges];
                }
            }
        }

        public TimeSpan Now => _now;

        public void SleepUntil(TimeSpan time)
        {
            _now = time;
            if (++_sleeps == 2 * periods)
            {
                Ended.Set();
            }
        }

        public void Write(bool isHigh)
        {
            if (IsBroken)
            {
                throw new IOException("Broken wire.");
            }

            lock (_edges)
            {
                _edges.Add((_now, isHigh));
            }

            Written.Set();
        }

        public void Dispose() => IsDisposed = true;
    }
}
