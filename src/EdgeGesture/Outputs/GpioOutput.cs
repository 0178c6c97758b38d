using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>A line that is switched on and off, for a time or several times; a new action replaces what still goes on.</summary>
public sealed class GpioOutput : IOutput
{
    private readonly IOutputLine _line;
    private readonly GpioOptions _options;
    private readonly TimeProvider _clock;
    private readonly Action<Exception> _failed;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private bool _isOn;
    private int _stepsLeft; // level changes still to come of a pulse or blink
    private TimeSpan _onTime;
    private TimeSpan _offTime;
    private TimeSpan _nextStep;

    /// <param name="options">The line and its levels.</param>
    /// <param name="board">Where the line comes from.</param>
    /// <param name="clock">The clock of pulses and blinks.</param>
    /// <param name="failed">Told when a pulse or blink cannot go on: nobody waits for it who could be thrown at.</param>
    /// <exception cref="EdgeGestureException">The line cannot be had.</exception>
    public GpioOutput(GpioOptions options, IBoard board, TimeProvider clock, Action<Exception> failed)
    {
        _failed = failed;
        _options = options;
        _clock = clock;
        _isOn = options.Initial == Switch.On;
        _line = board.Open(options.Line, _isOn != options.ActiveLow);
        _timer = clock.CreateTimer(_ => Continue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop)
    {
        lock (_lock)
        {
            _onTime = TimeSpan.FromSeconds(action.OnSeconds);
            _offTime = TimeSpan.FromSeconds(action.OffSeconds);
            var on = action.Do switch
            {
                Verb.Off => false,
                Verb.Toggle => !_isOn,
                _ => true,
            };
            Begin(on, action.Do switch
            {
                Verb.Pulse => 1,
                Verb.Blink => 2 * action.Times - 1,
                _ => 0,
            });
        }
    }

    public void MakeSafe()
    {
        lock (_lock)
        {
            Begin(_options.Safe == Switch.On, stepsLeft: 0);
        }
    }

    public void Dispose()
    {
        try
        {
            MakeSafe();
        }
        finally
        {
            _timer.Dispose();
            _line.Dispose();
        }
    }

    private void Begin(bool on, int stepsLeft)
    {
        _stepsLeft = 0; // what still went on is over, also where the line fails now
        Write(on);
        _stepsLeft = stepsLeft;
        ScheduleNextStep();
    }

    private void Continue()
    {
        lock (_lock)
        {
            // A call that was already on its way when an action replaced the schedule comes too early.
            if (_stepsLeft == 0 || _clock.GetElapsedTime(0) < _nextStep)
            {
                return;
            }

            _stepsLeft--;
            try
            {
                Write(!_isOn);
                ScheduleNextStep();
            }
#pragma warning disable CA1031 // An exception in a timer's callback would end the service, and leave other pins on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _stepsLeft = 0;
                _failed(exception);
            }
        }
    }

    private void ScheduleNextStep()
    {
        if (_stepsLeft == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Timers may run up to a millisecond early.
        var wait = _isOn ? _onTime : _offTime;
        _nextStep = _clock.GetElapsedTime(0) + wait - TimeSpan.FromMilliseconds(2);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Write(bool on)
    {
        _isOn = on;
        _line.Write(on != _options.ActiveLow);
    }
}
