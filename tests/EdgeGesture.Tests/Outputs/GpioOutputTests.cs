using CsCheck;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Outputs;

public class GpioOutputTests
{
    private static readonly GestureEvent Gesture = new("Thumb Up", 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Starts_at_its_initial_level()
    {
        var board = new SimulatedBoard(_clock);
        using var on = new GpioOutput(new GpioOptions { Line = "1", Initial = Switch.On }, board, _clock, _ => { });
        using var off = new GpioOutput(new GpioOptions { Line = "2" }, board, _clock, _ => { });
        using var inverted = new GpioOutput(new GpioOptions { Line = "3", ActiveLow = true }, board, _clock, _ => { });
        Assert.True(board.LevelOf("1"));
        Assert.False(board.LevelOf("2"));
        Assert.True(board.LevelOf("3"));
    }

    [Fact]
    public void A_pulse_ends_by_itself()
    {
        var (board, output) = Open();
        Do(output, Verb.Pulse, onSeconds: 2);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.True(board.LevelOf("1"));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(board.LevelOf("1"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, board.History.Count);
    }

    [Fact]
    public void A_line_that_breaks_during_a_pulse_is_reported_and_nothing_else_happens()
    {
        var failures = new List<string>();
        var isBroken = false;
        var board = new SimulatedBoard(_clock) { Changed = _ => { if (isBroken) { throw new IOException("Broken wire."); } } };
        var output = new GpioOutput(new GpioOptions { Line = "1" }, board, _clock, exception => failures.Add(exception.Message));
        Do(output, Verb.Pulse, onSeconds: 1);
        isBroken = true;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["Broken wire."], failures);
    }

    [Fact]
    public void A_blink_goes_on_and_off_at_its_times()
    {
        var (board, output) = Open();
        var begin = _clock.GetElapsedTime(0);
        Do(output, Verb.Blink, onSeconds: 1, offSeconds: 3, times: 3);
        for (var i = 0; i < 200; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.Equal(
            [(0, true), (1, false), (4, true), (5, false), (8, true), (9, false)],
            board.History.Skip(1).Select(change => ((int)Math.Round((change.Time - begin).TotalSeconds), change.IsHigh)));
    }

    [Fact]
    public void A_new_action_replaces_a_blink()
    {
        var (board, output) = Open();
        Do(output, Verb.Blink, onSeconds: 1, offSeconds: 1, times: 9);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Do(output, Verb.On);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(board.LevelOf("1"));
        Assert.Equal([false, true, false, true], board.History.Select(change => change.IsHigh));
    }

    [Fact]
    public void Safe_ends_what_goes_on_and_holds()
    {
        var (board, output) = Open(safe: Switch.On);
        Do(output, Verb.Blink, onSeconds: 1, offSeconds: 1, times: 9);
        output.MakeSafe();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(board.LevelOf("1"));
    }

    [Fact]
    public void The_last_level_before_the_end_is_the_safe_one_and_nothing_follows_it()
    {
        var (board, output) = Open();
        Do(output, Verb.Blink, onSeconds: 1, offSeconds: 1, times: 9);
        output.Dispose();
        var levels = board.History.Count;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(levels, board.History.Count);
        Assert.False(board.LevelOf("1"));
    }

    [Fact]
    public void A_line_that_breaks_when_a_blink_is_replaced_ends_the_blink()
    {
        var isBroken = false;
        var board = new SimulatedBoard(_clock) { Changed = _ => { if (isBroken) { throw new IOException("Broken wire."); } } };
        using var output = new GpioOutput(new GpioOptions { Line = "1" }, board, _clock, _ => { });
        Do(output, Verb.Blink, onSeconds: 1, offSeconds: 1, times: 9);
        isBroken = true;
        Assert.Throws<IOException>(() => Do(output, Verb.Blink, onSeconds: 1, offSeconds: 1, times: 9));
        isBroken = false;
        var levels = board.History.Count;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(levels, board.History.Count);
    }

    [Fact]
    public void Any_sequence_of_actions_leaves_the_level_that_a_simple_model_predicts()
    {
        var verbs = Gen.Int[(int)Verb.On, (int)Verb.Blink].Select(verb => (Verb)verb);
        Gen.Select(verbs.Array[1, 12], Gen.Bool).Sample((sequence, activeLow) =>
        {
            var clock = new FakeTimeProvider();
            var board = new SimulatedBoard(clock);
            using var output = new GpioOutput(new GpioOptions { Line = "1", ActiveLow = activeLow }, board, clock, _ => { });
            var expected = false;
            foreach (var verb in sequence)
            {
                Do(output, verb);
                clock.Advance(TimeSpan.FromMinutes(1)); // long enough for a pulse or blink to end
                expected = verb switch
                {
                    Verb.On => true,
                    Verb.Toggle => !expected,
                    _ => false,
                };
                Assert.Equal(expected != activeLow, board.LevelOf("1"));
            }
        });
    }

    private (SimulatedBoard Board, GpioOutput Output) Open(Switch safe = Switch.Off)
    {
        var board = new SimulatedBoard(_clock);
        return (board, new GpioOutput(new GpioOptions { Line = "1", Safe = safe }, board, _clock, _ => { }));
    }

    private static void Do(GpioOutput output, Verb verb, double onSeconds = 0.5, double offSeconds = 0.5, int times = 3) => output.Perform(
        new ActionOptions { Gesture = "Thumb Up", Output = "lamp", Do = verb, OnSeconds = onSeconds, OffSeconds = offSeconds, Times = times }, Gesture, CancellationToken.None);
}
