using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>The account in sentences: one a minute, one a day.</summary>
internal sealed class PowerReport(IPowerMeter meter, EnergyTally total, TimeProvider clock)
{
    private EnergyTally _lastTotal = total with { };
    private DateTime _today = clock.GetLocalNow().Date;

    private static string KindOf(IPowerMeter meter) => meter.ErrorFraction is { } error ? Text($"estimate ±{100 * error:0} %") : "measured";

    /// <summary>What happened since the last call.</summary>
    public string LastMinute(EnergyTally total, EnergyTally today, GovernorLevel level)
    {
        var joules = total.Joules - _lastTotal.Joules;
        var seconds = total.MeteredSeconds - _lastTotal.MeteredSeconds;
        var inferences = total.Inferences - _lastTotal.Inferences;
        var frames = total.Frames - _lastTotal.Frames;
        var events = total.Events - _lastTotal.Events;
        _lastTotal = total with { };
        var watts = seconds > 0
            ? Text($"{joules / seconds:0.00} W ({KindOf(meter)}), {joules / seconds / BikeLight.Watts:0.0} bike lights")
            : "unknown";
        var share = inferences > 0 && seconds > 0 ? Text($", {joules / inferences:0.00} J for each of {inferences} network calls") : Text($", {inferences} network calls");
        return Text($"The last minute: {frames} frames, {events} gestures; {watts}{share}; today {today.WattHours:0.00} Wh; level {level.Index}.");
    }

    /// <summary>The day that has ended since the last call; null when none has.</summary>
    public string? YesterdayOf(IEnumerable<TimedTally> days)
    {
        var ended = _today;
        _today = clock.GetLocalNow().Date;
        if (ended == _today || days.LastOrDefault(day => day.Start.Date == ended) is not { } yesterday)
        {
            return null;
        }

        var tally = yesterday.Tally;
        return Text($"Power on {ended:yyyy-MM-dd}: {tally.WattHours:0.00} Wh ({KindOf(meter)}), as a bike light in {tally.WattHours / BikeLight.Watts:0.0} h; {tally.Frames} frames, {tally.Inferences} network calls, {tally.Events} gestures, {tally.JoulesPerEvent ?? 0:0} J for each gesture.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
