using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeGesture.Service.Control;

/// <summary>A status in words: a fact a row, what needs attention in colour.</summary>
internal static class StatusScreen
{
    private const int ShownGestures = 5;

    /// <summary>A row: what it is about, what is to be said, and a colour where it needs attention.</summary>
    internal sealed record Fact(string Name, string Text, string? Colour = null);

    /// <summary>Every fact, for one look.</summary>
    public static IRenderable Whole(StatusReport status)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        var gestures = status.Gestures.Count == 0 ? "none yet" : string.Join('\n', status.Gestures.Take(ShownGestures).Select(Gesture));
        var error = status.LastError is { } last ? new Fact("last error", $"{When(last.Time)}  {last.Message}", "yellow") : new Fact("last error", "none");
        foreach (var (name, text, colour) in (Fact[])[.. Facts(status), new Fact("gestures", gestures), error])
        {
            grid.AddRow(new Markup($"[bold]{Markup.Escape(name)}[/]"), new Text(text, colour is null ? Style.Plain : Style.Parse(colour)));
        }

        return grid;
    }

    /// <summary>The facts that are always there.</summary>
    public static IEnumerable<Fact> Facts(StatusReport status)
    {
        var (camera, network, power) = (status.Camera, status.Network, status.Power);
        yield return new Fact("EdgeGesture", Text($"{status.Version}, up {Duration(status.UptimeSeconds)}, process {status.Pid}, {status.Process.ResidentMb:0} MB"));
        yield return new Fact("camera", $"{camera.Name}, {camera.Mode}");
        yield return camera.LostSeconds is { } lost
            ? new Fact("frames", $"LOST for {Duration(lost)}; the camera is tried again until it is back", "red")
            : new Fact("frames", Text($"{camera.Fps:0.0} a second, {status.Counts.Frames} in all, {status.Counts.Broken} broken"));
        yield return new Fact("network", Text($"{Path.GetFileName(network.Model)}, {network.CallsPerSecond:0.0} calls a second of {network.CadenceFps:0.##} ({Mood(network)})"), network.IsPaused ? "yellow" : null);
        yield return new Fact("latency", network.MedianMs is { } median ? Text($"{median:0.0} ms from frame to scores, at worst {network.WorstMs:0.0}") : "no frame yet");
        yield return new Fact("outputs", $"{status.Outputs.Outputs} on {status.Outputs.Board}, {status.Outputs.Actions} actions");
        var watts = power.Watts is { } now ? Text($"{now:0.00} W{(power.IsMeasured ? "" : " (estimate)")}") : "no reading";
        var budget = power.BudgetWatts is { } most ? Text($", mean {power.MeanWatts:0.00} of {most:0.00} W allowed") : ", no budget";
        yield return new Fact("power", Text($"{watts}{budget}, level {power.Level}, today {power.TodayWattHours:0.00} Wh"), power.MeanWatts > power.BudgetWatts ? "yellow" : null);
        var heat = power.Celsius is { } celsius ? Text($"{celsius:0} °C") : "temperature unknown";
        yield return power.ThrottledNow == "none" ? new Fact("board", heat) : new Fact("board", $"{heat}, slows itself down: {power.ThrottledNow}", "red");
    }

    private static string Mood(NetworkStatus network) => network switch
    {
        { IsPaused: true } => "paused by its button",
        { IsAwake: true } => "awake",
        _ => "asleep: nothing moves",
    };

    public static string Gesture(GestureStatus gesture) => Text($"{When(gesture.Time)}  {gesture.Gesture}  {gesture.Confidence:0.00}");

    public static string When(DateTimeOffset time) => time.ToLocalTime().ToString(time > DateTimeOffset.Now.AddHours(-20) ? "HH:mm:ss" : "d MMM HH:mm", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalMinutes: < 1 } time => Text($"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } time => Text($"{time.Minutes} min {time.Seconds} s"),
        { TotalDays: < 1 } time => Text($"{time.Hours} h {time.Minutes} min"),
        var time => Text($"{time.Days} d {time.Hours} h"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
