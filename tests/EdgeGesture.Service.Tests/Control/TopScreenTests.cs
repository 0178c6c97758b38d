using System.Text.RegularExpressions;
using CsCheck;
using EdgeGesture.Service.Control;

namespace EdgeGesture.Service.Tests.Control;

public sealed partial class TopScreenTests
{
    // Whatever the terminal's size, nothing is wider or higher than it.
    [Fact]
    public void It_fits_into_any_terminal() => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 60], Gen.Int[0, 10], Gen.Bool).Sample(
        (width, height, gestures, unicode) =>
        {
            var rows = Plain(new TopScreen().Draw(Status(gestures: gestures, labels: 27), width, height, unicode));
            Assert.InRange(rows.Count, 1, height);
            Assert.All(rows, row => Assert.True(row.Length <= width && !row.Contains('\n'), row));
        },
        seed: "0000KeZcV2L4", iter: 400);

    [Fact]
    public void An_ssh_terminal_shows_everything_that_matters()
    {
        var rows = Plain(new TopScreen().Draw(Status(gestures: 7, labels: 27), 80, 24, hasUnicode: true));
        Assert.Equal(24, rows.Count);
        foreach (var expected in (string[])["EdgeGesture 1.2.3, up 1 h 1 min", "/dev/video0", "29.9 a second", "9.8 calls a second of 10", "4.50 W (estimate)", "q quits", "Label 26", "The lamp", "12:00:00  Label 3  0.90"])
        {
            Assert.Contains(rows, row => row.Contains(expected, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_bar_is_as_long_as_its_score_and_marks_its_threshold()
    {
        var rows = Plain(new TopScreen().Draw(Status(labels: 3) with { Scores = [new("A", 0.5, 0.75), new("B", 0, null)] }, 27, 24, hasUnicode: false));
        Assert.Contains("A ##########     |     0.50", rows);
        Assert.Contains("B                      0.00", rows);
    }

    [Fact]
    public void What_scored_lately_stays_on_top_for_a_while()
    {
        var screen = new TopScreen();
        ScoreStatus[] quiet = [new("A", 0.1, 0.5), new("B", 0.1, 0.5)];
        screen.Draw(Status() with { Scores = [quiet[0], new("B", 0.9, 0.5)], UptimeSeconds = 10 }, 80, 24, hasUnicode: true);
        Assert.Equal("BA", Order(12));
        Assert.Equal("AB", Order(30));

        string Order(double uptime) => string.Concat(Plain(screen.Draw(Status() with { Scores = quiet, UptimeSeconds = uptime }, 80, 24, hasUnicode: true))
            .Where(row => row.StartsWith("A ", StringComparison.Ordinal) || row.StartsWith("B ", StringComparison.Ordinal)).Select(row => row[0]));
    }

    internal static StatusReport Status(int gestures = 1, int labels = 2) => new(
        "1.2.3", 42, 3660,
        new CameraStatus("/dev/video0 [USB]", "640×480 YUYV at 30 fps", 29.94, null),
        new NetworkStatus("/models/default.onnx", "1", 10, 10, 9.8, true, false, 2.3, 40),
        new CountStatus(100, 50, 0, 40, gestures),
        new OutputStatus("simulated board", 1, 1),
        new PowerStatus("an estimate", false, 4.5, 4.4, 5, 0, "", 1.5, 0.4, 55, "none", "none"),
        new ProcessStatus(110, 12),
        [.. Enumerable.Range(1, gestures).Select(i => new GestureStatus(new DateTimeOffset(DateTime.Today.AddHours(12)), $"Label {i}", 0.9))],
        [.. Enumerable.Range(0, labels).Select(i => new ScoreStatus($"Label {i}", i / (double)labels, 0.7))],
        new TroubleStatus(DateTimeOffset.Now, "Warning", "The lamp [1] does not answer, " + new string('x', 100)));

    private static List<string> Plain(IReadOnlyList<string> rows) => [.. rows.Select(row => Colours().Replace(row, ""))];

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colours();
}
