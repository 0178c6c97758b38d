using EdgeGesture.Outputs;
using EdgeGesture.Recognition;

namespace EdgeGesture.Tests.Outputs;

public sealed class PwmOutputTests : IDisposable
{
    private static readonly GestureEvent Gesture = new("Swiping Up", 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);

    private readonly SimulatedBoard _board = new(TimeProvider.System);

    public void Dispose() => _board.Dispose();

    [Fact]
    public void Actions_set_and_step_the_share_within_off_and_on()
    {
        var output = new PwmOutput(new PwmOptions { Line = "GPIO18", Initial = 0.2, Safe = 0.1 }, _board, _ => { });
        Perform(output, new() { Gesture = "", Output = "", Do = Verb.Level, Level = 0.5 });
        Perform(output, new() { Gesture = "", Output = "", Do = Verb.Step, By = 0.3 });
        Perform(output, new() { Gesture = "", Output = "", Do = Verb.Step, By = 0.3 });
        Perform(output, new() { Gesture = "", Output = "", Do = Verb.Off });
        Perform(output, new() { Gesture = "", Output = "", Do = Verb.Step, By = -0.3 });
        Perform(output, new() { Gesture = "", Output = "", Do = Verb.On });
        output.MakeSafe();
        Perform(output, new() { Gesture = "", Output = "", Do = Verb.Step, By = 0.1 });
        output.Dispose();
        Assert.Equal([0.2, 0.5, 0.8, 1, 0, 0, 1, 0.1, 0.2, 0.1], _board.History.Select(change => Math.Round(change.Duty, 6)));
        Assert.Equal("10 % high", _board.History[^1].Level);
    }

    [Theory]
    [InlineData("pwmchip0/1", true, 0, 1)]
    [InlineData("pwmchip12/3", true, 12, 3)]
    [InlineData("GPIO18", false, 0, 0)]
    [InlineData("pwmchip0", false, 0, 0)]
    [InlineData("pwmchip0/99999999999", false, 0, 0)]
    public void A_channel_of_the_boards_own_is_known_by_its_name(string line, bool expected, int chip, int channel)
    {
        Assert.Equal(expected, HardwarePwm.TryParse(line, out var foundChip, out var foundChannel));
        Assert.Equal((chip, channel), (foundChip, foundChannel));
    }

    [Fact]
    public void A_channel_that_is_not_there_is_named_with_its_remedy()
    {
        var error = Assert.Throws<EdgeGestureException>(() => new HardwarePwm("pwmchip9999/0", 50, 0));
        Assert.Contains("no PWM channel pwmchip9999/0", error.Message, StringComparison.Ordinal);
        Assert.Contains("dtoverlay=pwm-2chan", error.Message, StringComparison.Ordinal);
    }

    private static void Perform(PwmOutput output, ActionOptions action) => output.Perform(action, Gesture, CancellationToken.None);
}
