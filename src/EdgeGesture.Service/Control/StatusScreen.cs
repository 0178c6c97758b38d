using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeGesture.Service.Control;

/// <summary>A status in words: a fact a row, what needs attention in colour.</summary>
internal static class StatusScreen
{
    private const int ShownGestures = 5;

    /// <summary>Every fact, for one look.</summary>
    public static IRenderable Whole(StatusReport status)
    {
        var facts = Facts(status);
        Add(facts, "gestures", status.Gestures.Count == 0 ? "none yet" : string.Join('\n', status.Gestures.Take(ShownGestures).Select(Gesture)));
        Add(facts, "last error", status.LastError is { } error ? $"{When(error.Time)}  {error.Message}" : "none", status.LastError is null ? null : "yellow");
        return facts;
    }

    /// <summary>The facts that change little.</summary>
    public static Grid Facts(StatusReport status)
    {
        var (camera, network, power) = (status.Camera, status.Network, status.Power);
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        Add(facts, "EdgeGesture", Text($"{status.Version}, up {Duration(status.UptimeSeconds)}, process {status.Pid}, {status.Process.ResidentMb:0} MB"));
        Add(facts, "camera", $"{camera.Name}, {camera.Mode}");
        if (camera.LostSeconds is { } lost)
        {
            Add(facts, "", $"LOST for {Duration(lost)}; it is tried again until it is back", "red");
        }
        else
        {
            Add(facts, "frames", Text($"{camera.Fps:0.0} a second, {status.Counts.Frames} in all, {status.Counts.Broken} broken"));
        }

        Add(facts, "network", Text($"{Path.GetFileName(network.Model)}, {network.CallsPerSecond:0.0} calls a second of {network.CadenceFps:0.##} ({(network.IsAwake ? "awake" : "asleep: nothing moves")})"));
        Add(facts, "latency", network.MedianMs is { } median ? Text($"{median:0.0} ms from frame to scores, at worst {network.WorstMs:0.0}") : "no frame yet");
        Add(facts, "outputs", $"{status.Outputs.Outputs} on {status.Outputs.Board}, {status.Outputs.Actions} actions");
        var watts = power.Watts is { } now ? Text($"{now:0.00} W{(power.IsMeasured ? "" : " (estimate)")}") : "no reading";
        var budget = power.BudgetWatts is { } most ? Text($", mean {power.MeanWatts:0.00} of {most:0.00} W allowed") : ", no budget";
        Add(facts, "power", Text($"{watts}{budget}, level {power.Level}, today {power.TodayWattHours:0.00} Wh"), power.MeanWatts > power.BudgetWatts ? "yellow" : null);
        var heat = power.Celsius is { } celsius ? Text($"{celsius:0} °C") : "temperature unknown";
        Add(facts, "board", power.ThrottledNow == "none" ? heat : $"{heat}, slows itself down: {power.ThrottledNow}", power.ThrottledNow == "none" ? null : "red");
        return facts;
    }

    public static string Gesture(GestureStatus gesture) => Text($"{When(gesture.Time)}  {gesture.Gesture}  {gesture.Confidence:0.00}");

    private static void Add(Grid facts, string name, string text, string? colour = null) =>
        facts.AddRow(new Markup($"[bold]{Markup.Escape(name)}[/]"), new Text(text, colour is null ? Style.Plain : Style.Parse(colour)));

    private static string When(DateTimeOffset time) => time.ToLocalTime().ToString(time > DateTimeOffset.Now.AddHours(-20) ? "HH:mm:ss" : "d MMM HH:mm", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalMinutes: < 1 } time => Text($"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } time => Text($"{time.Minutes} min {time.Seconds} s"),
        { TotalDays: < 1 } time => Text($"{time.Hours} h {time.Minutes} min"),
        var time => Text($"{time.Days} d {time.Hours} h"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
