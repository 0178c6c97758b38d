using System.Diagnostics;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests.Outputs;

public sealed class OutputDispatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // only a broken test waits so long

    private readonly LogList _log = new();
    private readonly SimulatedBoard _board = new(TimeProvider.System);

    public void Dispose() => _board.Dispose();

    [Fact]
    public async Task One_gesture_drives_several_outputs()
    {
        using var outputs = Create(_board, new() { ["lamp"] = Line("17"), ["fan"] = Line("27") }, On("lamp"), On("fan"));
        outputs.Post(Gesture("Thumb Up"));
        await outputs.WhenIdleAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(_board.LevelOf("17"));
        Assert.True(_board.LevelOf("27"));
    }

    [Fact]
    public async Task An_action_right_before_the_camera_is_lost_leaves_no_pin_on()
    {
        for (var i = 0; i < 200; i++)
        {
            using var outputs = Create(_board, new() { ["lamp"] = Line("17") }, On("lamp"));
            outputs.Post(Gesture("Thumb Up"));
            outputs.MakeSafe("the camera was lost");
            await outputs.WhenIdleAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.False(_board.LevelOf("17"));
        }
    }

    [Fact]
    public void A_line_that_hangs_keeps_no_other_from_its_safe_level_nor_the_service_from_its_end()
    {
        using var release = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        var board = new SimulatedBoard(TimeProvider.System)
        {
            Changed = change =>
            {
                if (change is { Line: "17", IsHigh: true })
                {
                    hangs.Set();
                    release.Wait(CancellationToken.None);
                }
            },
        };
        using var outputs = Create(board, new() { ["siren"] = Line("17"), ["lamp"] = Line("27") }, On("siren"), On("lamp"));
        outputs.Post(Gesture("Thumb Up"));
        Assert.True(hangs.Wait(Patience, TestContext.Current.CancellationToken));
        outputs.Dispose();
        Assert.False(board.LevelOf("27"));
        Assert.Contains(_log.Lines, line => line.Contains("siren still hangs", StringComparison.Ordinal));
        release.Set();
    }

    [Fact]
    public void Commands_that_run_end_with_the_service()
    {
        using var outputs = Create(_board, new() { ["script"] = new CommandOptions { Run = ["/bin/sleep", "1000.25"], TimeoutSeconds = 3600 } }, Send("script"));
        outputs.Post(Gesture("Thumb Up"));
        Assert.True(SpinWait.SpinUntil(() => Sleepers() == 1, Patience));
        outputs.Dispose();
        Assert.True(SpinWait.SpinUntil(() => Sleepers() == 0, Patience)); // a killed process takes a moment to go
        Assert.DoesNotContain(_log.Lines, line => line.Contains("script", StringComparison.Ordinal));

        static int Sleepers() => Process.GetProcessesByName("sleep").Count(process => CommandLineOf(process).Contains("1000.25", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_that_cannot_be_read_is_found_before_a_pin_moves()
    {
        var hook = new WebhookOptions { Url = new Uri("http://localhost/"), TokenFile = "/nowhere/token" };
        Assert.Throws<EdgeGestureException>(() => Create(_board, new() { ["lamp"] = Line("17"), ["hook"] = hook }));
        Assert.Empty(_board.History);
    }

    [Fact]
    public void One_line_by_two_names_is_refused_before_a_pin_moves()
    {
        var error = Assert.Throws<EdgeGestureException>(() => Create(_board, new() { ["lamp"] = Line("17"), ["fan"] = Line("gpio17") }));
        Assert.Contains("lamp and fan are both on the GPIO line gpio17", error.Message, StringComparison.Ordinal);
        Assert.Empty(_board.History);
    }

    private OutputDispatcher Create(SimulatedBoard board, Dictionary<string, OutputOptions> outputs, params ActionOptions[] actions) =>
        OutputDispatcher.Create(outputs, actions, board, TimeProvider.System, _log);

    private static GpioOptions Line(string line) => new() { Line = line };

    private static ActionOptions On(string output) => new() { Gesture = "Thumb Up", Output = output, Do = Verb.On };

    private static ActionOptions Send(string output) => new() { Gesture = "Thumb Up", Output = output, Do = Verb.Send };

    private static GestureEvent Gesture(string name) => new(name, 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);

    private static string CommandLineOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }
}
