using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>
/// Keeps the board within its budget and cool: a pure state machine over (time, watts, budget, health). It steps down
/// when the mean of the last 10 s at this level is over the budget, or while the board is hot or throttles; it steps up when there
/// is room, and gives a level that did not hold a rest that grows each time, so that it does not swing between two.
/// </summary>
public sealed class PowerGovernor(double hotCelsius)
{
    private const double RoomFraction = 0.05; // of the budget must be left before a step up
    private const double CoolerCelsius = 5; // below hot before a step up
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5); // until a step shows in the watts
    private static readonly TimeSpan HeatTime = TimeSpan.FromSeconds(15); // until it shows in the temperature
    private static readonly TimeSpan StepUpTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(16);

    private readonly TimeSpan[] _rest = [.. GovernorLevel.All.Select(_ => TimeSpan.Zero)];
    private readonly TimeSpan?[] _notBefore = new TimeSpan?[GovernorLevel.All.Count];
    private readonly RollingMean _recent = new(TimeSpan.FromSeconds(10)); // since the last step at most
    private TimeSpan? _lastStep;

    public GovernorLevel Level { get; private set; } = GovernorLevel.All[0];

    /// <summary>Takes one sample; true when the level changed.</summary>
    /// <param name="now">Any clock that does not go back.</param>
    /// <param name="watts">The meter's reading; null when there is none.</param>
    /// <param name="budgetWatts">What the board may take; null for no limit.</param>
    /// <param name="health">Heat and throttling.</param>
    /// <param name="reason">Why the level changed, for the log.</param>
    public bool Step(TimeSpan now, double? watts, double? budgetWatts, BoardHealth health, out string reason)
    {
        var since = now - (_lastStep ??= now);
        if (watts is { } value)
        {
            _recent.Add(now, value);
        }

        var mean = _recent.Mean(now);
        if (since >= HeatTime && Trouble(health) is { } trouble)
        {
            reason = trouble;
            return TryStepDown(now);
        }

        if (since >= SettleTime && mean > budgetWatts)
        {
            reason = string.Create(CultureInfo.InvariantCulture, $"{mean:0.00} W are more than the budget of {budgetWatts:0.00} W");
            return TryStepDown(now);
        }

        var hasRoom = budgetWatts is null || mean <= budgetWatts * (1 - RoomFraction);
        if (since >= StepUpTime && hasRoom && IsCool(health) && Level.Index > 0 && !(now < _notBefore[Level.Index - 1]))
        {
            reason = budgetWatts is null
                ? "the board is cool again"
                : string.Create(CultureInfo.InvariantCulture, $"{mean:0.00} W leave room in the budget of {budgetWatts:0.00} W");
            StepTo(Level.Index - 1, now);
            return true;
        }

        reason = "";
        return false;
    }

    private bool TryStepDown(TimeSpan now)
    {
        var index = Level.Index;
        if (index == GovernorLevel.All.Count - 1)
        {
            return false; // there is nothing left to save
        }

        // A level that has held since its last rest begins with a short one again.
        var wasRetried = now - _notBefore[index] < 2 * StepUpTime + _rest[index];
        _rest[index] = wasRetried ? TimeSpan.FromTicks(Math.Min(2 * _rest[index].Ticks, LongestRest.Ticks)) : FirstRest;
        _notBefore[index] = now + _rest[index];
        StepTo(index + 1, now);
        return true;
    }

    private void StepTo(int index, TimeSpan now)
    {
        Level = GovernorLevel.All[index];
        _lastStep = now;
        _recent.Clear();
    }

    private string? Trouble(BoardHealth health) =>
        health.Now != ThrottleReasons.None ? $"the board reports {health.Now}"
        : health.Celsius >= hotCelsius ? string.Create(CultureInfo.InvariantCulture, $"the board is at {health.Celsius:0} °C, which counts as hot from {hotCelsius:0} °C")
        : null;

    private bool IsCool(BoardHealth health) => health.Now == ThrottleReasons.None && !(health.Celsius > hotCelsius - CoolerCelsius);
}
