using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>
/// Keeps the board within its budget and cool: a pure state machine over (time, watts, budget, health). While the mean of the
/// last 10 s at this level is over the budget, or the board is hot or throttles, it steps down: once by one level, and if
/// that does not do, as far as the first step's effect says is needed. When there is room it steps up by one, and gives a
/// level that did not hold a rest that grows each time. It never makes more than two changes in a minute.
/// </summary>
public sealed class PowerGovernor
{
    private const double AimFraction = 0.97; // of the budget that a step of several levels aims at
    private const double RoomFraction = 0.95; // of the budget, below which it may step up
    private const double CoolerCelsius = 5; // below hot before a step up
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5); // until a step shows in the watts
    private static readonly TimeSpan HeatTime = TimeSpan.FromSeconds(20); // until it shows in the temperature
    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(16);

    private readonly IReadOnlyList<GovernorLevel> _levels;
    private readonly double _hotCelsius;
    private readonly TimeSpan[] _rest;
    private readonly TimeSpan?[] _notBefore;
    private readonly RollingMean _recent = new(TimeSpan.FromSeconds(10)); // since the last change at most
    private TimeSpan? _begin;
    private TimeSpan? _lastChange;
    private bool _wasDown; // of the last change
    private TimeSpan? _changeBefore;
    private (double Watts, double CadenceFactor)? _left; // the level of the last change, until its effect is known
    private double _wattsPerCadence; // what the full cadence adds to none, as the last changes showed it

    /// <param name="levels">The steps, from full to least.</param>
    /// <param name="hotCelsius">From where on the board counts as hot.</param>
    public PowerGovernor(IReadOnlyList<GovernorLevel> levels, double hotCelsius)
    {
        (_levels, _hotCelsius) = (levels, hotCelsius);
        _rest = new TimeSpan[levels.Count];
        _notBefore = new TimeSpan?[levels.Count];
        Level = levels[0];
    }

    public GovernorLevel Level { get; private set; }

    /// <summary>Takes one sample; true when the level changed.</summary>
    /// <param name="now">Any clock that does not go back.</param>
    /// <param name="watts">The meter's reading; null when there is none.</param>
    /// <param name="budgetWatts">What the board may take; null for no limit.</param>
    /// <param name="health">Heat and throttling.</param>
    /// <param name="reason">Why the level changed, for the log.</param>
    public bool Step(TimeSpan now, double? watts, double? budgetWatts, BoardHealth health, out string reason)
    {
        if (watts is { } value)
        {
            _recent.Add(now, value);
        }

        reason = "";
        var since = now - (_lastChange ?? (_begin ??= now));
        if (since < SettleTime || now - _changeBefore < Minute)
        {
            return false;
        }

        var mean = _recent.Mean(now);
        LearnFrom(mean);
        var target = Level.Index;
        if (since >= HeatTime && Trouble(health) is { } trouble)
        {
            (target, reason) = (HasJustChanged(now) && _wasDown ? _levels.Count - 1 : target + 1, trouble);
        }
        else if (mean > budgetWatts)
        {
            target = HasJustChanged(now) ? LevelThatHolds(mean.Value, budgetWatts.Value) : target + 1;
            reason = string.Create(CultureInfo.InvariantCulture, $"{mean:0.00} W are more than the budget of {budgetWatts:0.00} W");
        }
        else if (since >= Minute && target > 0 && !(now < _notBefore[target - 1]) && IsCool(health) && HasRoom(mean, budgetWatts))
        {
            target--;
            reason = budgetWatts is null
                ? "the board is cool again"
                : string.Create(CultureInfo.InvariantCulture, $"{mean:0.00} W leave room in the budget of {budgetWatts:0.00} W");
        }

        return target < _levels.Count && target != Level.Index && Change(now, _levels[target], mean);
    }

    private bool Change(TimeSpan now, GovernorLevel level, double? mean)
    {
        var index = Level.Index;
        _wasDown = level.Index > index;
        if (_wasDown)
        {
            // A level that has held since its last rest begins with a short one again.
            var wasRetried = now - _notBefore[index] < 2 * Minute + _rest[index];
            _rest[index] = wasRetried ? TimeSpan.FromTicks(Math.Min(2 * _rest[index].Ticks, LongestRest.Ticks)) : FirstRest;
            _notBefore[index] = now + _rest[index];
        }

        _left = mean is { } watts ? (watts, Level.CadenceFactor) : null;
        Level = level;
        (_changeBefore, _lastChange) = (_lastChange, now);
        _recent.Clear();
        return true;
    }

    private bool HasJustChanged(TimeSpan now) => now - _lastChange < Minute;

    private void LearnFrom(double? mean)
    {
        if (_left is { } left && mean is { } watts)
        {
            _left = null;
            var step = left.CadenceFactor - Level.CadenceFactor;
            _wattsPerCadence = step == 0 ? 0 : Math.Max((left.Watts - watts) / step, 0);
        }
    }

    // The first level below that the budget should hold at, if power is linear in the cadence; else the last.
    private int LevelThatHolds(double mean, double budgetWatts)
    {
        var index = Level.Index + 1;
        while (index < _levels.Count - 1 && Predict(mean, _levels[index]) > AimFraction * budgetWatts)
        {
            index++;
        }

        return index;
    }

    private bool HasRoom(double? mean, double? budgetWatts) =>
        budgetWatts is null || (mean <= RoomFraction * budgetWatts && Predict(mean.Value, _levels[Level.Index - 1]) <= budgetWatts);

    private double Predict(double mean, GovernorLevel level) => mean + _wattsPerCadence * (level.CadenceFactor - Level.CadenceFactor);

    private string? Trouble(BoardHealth health) =>
        health.Now != ThrottleReasons.None ? $"the board reports {health.Now}"
        : health.Celsius >= _hotCelsius ? string.Create(CultureInfo.InvariantCulture, $"the board is at {health.Celsius:0} °C, which counts as hot from {_hotCelsius:0} °C")
        : null;

    private bool IsCool(BoardHealth health) => health.Now == ThrottleReasons.None && !(health.Celsius > _hotCelsius - CoolerCelsius);
}
