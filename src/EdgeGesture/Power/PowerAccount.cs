using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Power;

/// <summary>
/// Power as the rest of the program sees it: reads the meter every few seconds, keeps the ledger and its file, lets the
/// governor decide, and says what happens. Between readings it uses no processor time.
/// </summary>
/// <remarks>Safe from any thread.</remarks>
public sealed class PowerAccount : IDisposable
{
    /// <summary>The name under which the instruments hw.host.power and hw.host.energy are found.</summary>
    public const string MeterName = "EdgeGesture";

    private static readonly TimeSpan RollingWindow = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new(); // of everything but the counters
    private readonly IPowerMeter _meter;
    private readonly IBoardHealthSource _healthSource;
    private readonly PowerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly EnergyStateFile? _file;
    private readonly EnergyLedger _ledger;
    private readonly PowerGovernor _governor;
    private readonly RollingMean _rolling = new(RollingWindow);
    private readonly PowerReport _report;
    private readonly Meter _instruments;
    private readonly TimeSpan _interval; // between two readings
    private readonly long _start;
    private ITimer? _timer;
    private TimeSpan _lastReport;
    private BoardHealth _health;
    private string _levelReason = "";
    private double? _watts;
    private bool _isMeterLost;
    private bool _isDisposed;
    private long _frames;
    private long _inferences;
    private long _events;
    private long _processorTicks;

    /// <param name="meter">Where the watts come from; disposed with the account.</param>
    /// <param name="health">Where heat and throttling come from.</param>
    /// <param name="options">The configuration's section "power".</param>
    /// <param name="levels">What the governor may choose from: <see cref="GovernorLevel.For"/>.</param>
    /// <param name="stateDirectory">Where the account is kept; null keeps it in memory.</param>
    /// <param name="clock">Time.</param>
    /// <param name="logger">For a line a minute, a line a day, and what goes wrong.</param>
    public PowerAccount(IPowerMeter meter, IBoardHealthSource health, PowerOptions options, IReadOnlyList<GovernorLevel> levels, string? stateDirectory, TimeProvider clock, ILogger logger)
    {
        (_meter, _healthSource, _options, _clock, _logger) = (meter, health, options, clock, logger);
        _file = stateDirectory is null ? null : new EnergyStateFile(stateDirectory, clock, logger);
        _ledger = new EnergyLedger(_file?.Load() ?? new LedgerState(), clock);
        _ledger.State.Source = meter.Source;
        _governor = new PowerGovernor(levels, options.HotCelsius);
        _report = new PowerReport(meter, _ledger.State.Total, clock);
        _interval = TimeSpan.FromSeconds(Math.Max(options.SampleSeconds, meter.LeastInterval.TotalSeconds));
        _start = clock.GetTimestamp();
        _instruments = new Meter(new MeterOptions(MeterName) { Scope = this });
        _instruments.CreateObservableGauge("hw.host.power", ObserveWatts, "W", "Power that the board takes.");
        _instruments.CreateObservableCounter("hw.host.energy", () => Locked(() => _ledger.State.Total.Joules), "J", "Energy that the board has taken.");
    }

    /// <summary>How often and how long the network may run now.</summary>
    public GovernorLevel Level => _governor.Level;

    /// <summary>Begins to read the meter.</summary>
    public void Start()
    {
        _logger.LogInformation("Power is {Source}.", _meter.IsMeasured ? $"measured by {_meter.Source}" : $"an {_meter.Source}");
        Sample();
        _timer = _clock.CreateTimer(_ => Sample(), null, _interval, _interval);
    }

    /// <summary>Counts a frame that the camera gave.</summary>
    public void CountFrame() => Interlocked.Increment(ref _frames);

    /// <summary>Counts a network call.</summary>
    /// <param name="processorTime">What it took, of all threads together.</param>
    public void CountInference(TimeSpan processorTime)
    {
        Interlocked.Increment(ref _inferences);
        Interlocked.Add(ref _processorTicks, processorTime.Ticks);
    }

    /// <summary>Counts a gesture that fired.</summary>
    public void CountEvent() => Interlocked.Increment(ref _events);

    /// <summary>The account now.</summary>
    public PowerSnapshot Snapshot()
    {
        lock (_lock)
        {
            EnterWork();
            var state = _ledger.State;
            return new PowerSnapshot
            {
                Source = _meter.Source,
                IsMeasured = _meter.IsMeasured,
                ErrorFraction = _meter.ErrorFraction,
                Watts = _watts,
                RollingWatts = _rolling.Mean(Now),
                BudgetWatts = BudgetWatts(),
                Level = _governor.Level,
                LevelReason = _levelReason,
                Health = _health,
                Today = _ledger.Today with { },
                Total = state.Total with { },
                Hours = [.. state.Hours.Select(Copy)],
                Days = [.. state.Days.Select(Copy)],
                Levels = [.. state.Levels.Select(level => level with { })],
            };
        }

        static TimedTally Copy(TimedTally period) => period with { Tally = period.Tally with { } };
    }

    /// <summary>Ends reading and writes the account.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _timer?.Dispose();
            Enter();
            _file?.Save(_ledger.State);
            _isDisposed = true;
        }

        _instruments.Dispose();
        _meter.Dispose();
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    private void Sample()
    {
        // A meter that takes longer than the interval must not pile up readings.
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isDisposed)
            {
                Enter();
                Govern();
                Report();
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Enter()
    {
        EnterWork();
        var isRead = _meter.TryRead(out var watts) && double.IsFinite(watts) && watts >= 0;
        _watts = isRead ? watts : null;
        if (isRead)
        {
            _ledger.Add(watts, _governor.Level.Index, _meter.IsMeasured, _meter.IsMean);
            _rolling.Add(Now, watts);
        }

        SayWhetherLost(isRead);
    }

    private void EnterWork() => _ledger.Add(
        new PipelineWork(
            Interlocked.Exchange(ref _frames, 0),
            Interlocked.Exchange(ref _inferences, 0),
            Interlocked.Exchange(ref _events, 0),
            TimeSpan.FromTicks(Interlocked.Exchange(ref _processorTicks, 0)).TotalSeconds),
        _governor.Level.Index);

    private void SayWhetherLost(bool isRead)
    {
        // The first reading of a counter or of a chip just configured is none.
        var isLost = !isRead && Now >= 2 * _interval;
        if (isLost && !_isMeterLost)
        {
            _logger.LogWarning("The power meter gives no readings ({Source}); its energy is missing from the account until it does. Check its wiring.", _meter.Source);
        }
        else if (isRead && _isMeterLost)
        {
            _logger.LogInformation("The power meter gives readings again ({Source}).", _meter.Source);
        }

        _isMeterLost = isLost;
    }

    private void Govern()
    {
        _health = _healthSource.Read();
        var before = _governor.Level;
        if (_governor.Step(Now, _watts, BudgetWatts(), _health, out var reason))
        {
            _levelReason = reason;
            _logger.LogInformation(
                "Power level {Before} → {After} ({Level}): {Reason}.", before.Index, _governor.Level.Index, _governor.Level.ToString(), reason);
        }
    }

    // What is left of the day's watt-hours, spread over what is left of the day.
    private double? BudgetWatts()
    {
        var daily = (_options.BudgetWattHoursPerDay * 3600 - _ledger.Today.Joules) / _ledger.SecondsLeftToday;
        return daily is { } left && !(_options.BudgetWatts < left) ? Math.Max(left, 0) : _options.BudgetWatts;
    }

    private void Report()
    {
        // The next reading would be too late: a kill must not cost more than a minute. Timers are not exact, hence the
        // twentieth.
        if (Now - _lastReport + 0.95 * _interval < ReportInterval)
        {
            return;
        }

        _lastReport = Now;
        if (_report.YesterdayOf(_ledger.State.Days) is { } yesterday)
        {
            _logger.LogInformation("{Line}", yesterday);
        }

        _logger.LogInformation("{Line}", _report.LastMinute(_ledger.State.Total, _ledger.Today, _governor.Level));
        _file?.Save(_ledger.State);
    }

    private IEnumerable<Measurement<double>> ObserveWatts() =>
        Locked(() => _watts) is { } watts ? [new Measurement<double>(watts, new KeyValuePair<string, object?>("measured", _meter.IsMeasured))] : [];

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
