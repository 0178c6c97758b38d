using CsCheck;
using EdgeGesture.Inputs;
using EdgeGesture.Outputs;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Inputs;

public sealed class ButtonTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SimulatedBoard _board;
    private int _presses;
    private string? _failure;

    public ButtonTests() => _board = new SimulatedBoard(_clock);

    public void Dispose() => _board.Dispose();

    [Theory]
    [InlineData(Pull.Up)]
    [InlineData(Pull.Down)]
    public void Each_press_counts_once_however_long(Pull pull)
    {
        using var button = Open(pull);
        Hold(pull == Pull.Up, 1);
        Assert.Equal(0, _presses);
        Hold(pull == Pull.Down, 0.1);
        Assert.Equal(1, _presses);
        Hold(pull == Pull.Down, 60);
        Assert.Equal(1, _presses);
        Hold(pull == Pull.Up, 0.1);
        Hold(pull == Pull.Down, 0.1);
        Assert.Equal(2, _presses);
    }

    [Fact]
    public void A_bouncing_contact_is_one_press()
    {
        using var button = Open(Pull.Up);
        Gen.Bool.Array[5, 20].Sample(bounces =>
        {
            var before = _presses;
            foreach (var level in bounces)
            {
                _board.SetInput("23", level);
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            Hold(false, 0.2);
            Assert.Equal(before + 1, _presses);
            Hold(true, 0.2);
        }, iter: 50, threads: 1);
    }

    [Fact]
    public void A_button_held_from_the_beginning_has_not_been_pressed()
    {
        _board.SetInput("23", false);
        using var button = Open(Pull.Up);
        Hold(false, 1);
        Assert.Equal(0, _presses);
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_reported_once()
    {
        var failures = 0;
        using var button = new Button(new BrokenLine(), Pull.Up, _clock, () => _presses++, _ => failures++);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, failures);
        Assert.Equal(0, _presses);
    }

    [Fact]
    public void Nothing_happens_after_the_end()
    {
        Open(Pull.Up).Dispose();
        Hold(false, 1);
        Assert.Equal(0, _presses);
        Assert.Null(_failure);
    }

    private Button Open(Pull pull) => new(_board.OpenInput("23", pull), pull, _clock, () => _presses++, exception => _failure = exception.Message);

    private void Hold(bool level, double seconds)
    {
        _board.SetInput("23", level);
        for (var i = 0; i < seconds * 100; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    // Can be read once, at the beginning.
    private sealed class BrokenLine : IInputLine
    {
        private int _reads;

        public bool Read() => _reads++ == 0 ? true : throw new IOException("Broken wire.");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
