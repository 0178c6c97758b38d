namespace EdgeGesture.Outputs;

/// <summary>
/// Switches a line on and off itself. A thread sleeps from edge to edge, and altogether while the line is fully off or
/// on. An edge is late by what the kernel takes to wake a thread, some 50 to 100 µs on a Raspberry Pi that has nothing else to do.
/// </summary>
internal sealed class SoftwarePwm : IPwmLine
{
    private readonly IOutputLine _line;
    private readonly TimeSpan _period;
    private readonly IEdgeClock _clock;
    private readonly Action<Exception> _failed;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private double _duty;
    private bool _isNew;
    private bool _isEnding;

    /// <param name="line">The line, which is off; disposed with this.</param>
    /// <param name="frequencyHertz">Periods a second.</param>
    /// <param name="duty">The share of the time that it is on from the beginning.</param>
    /// <param name="clock">The clock of the edges.</param>
    /// <param name="failed">Told when the line cannot be switched: nobody waits for it who could be thrown at.</param>
    public SoftwarePwm(IOutputLine line, double frequencyHertz, double duty, IEdgeClock clock, Action<Exception> failed)
    {
        _line = line;
        _period = TimeSpan.FromSeconds(1 / frequencyHertz);
        _duty = duty;
        _clock = clock;
        _failed = failed;
        _thread = new Thread(Work) { Name = "pwm", IsBackground = true };
        _thread.Start();
    }

    public void SetDuty(double duty)
    {
        lock (_gate)
        {
            _duty = duty;
            _isNew = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Ends at the nearer of off and on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        try
        {
            _line.Write(_duty >= 0.5);
        }
        finally
        {
            _line.Dispose();
        }
    }

    private void Work()
    {
        var next = _clock.Now;
        var isResting = false; // nothing is to be switched until another share is asked for
        while (WaitForDuty(isResting, out var duty))
        {
            try
            {
                isResting = duty is <= 0 or >= 1;
                if (isResting)
                {
                    _line.Write(duty > 0);
                    next = _clock.Now;
                    continue;
                }

                // Whoever overslept (a laptop's lid was closed) does not catch up.
                if (_clock.Now - next > _period)
                {
                    next = _clock.Now;
                }

                _line.Write(true);
                _clock.SleepUntil(next + duty * _period);
                _line.Write(false);
                next += _period;
                _clock.SleepUntil(next);
            }
#pragma warning disable CA1031 // An exception in a thread would end the service, and leave other pins on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                isResting = true;
                _failed(exception);
            }
        }
    }

    // The share of the next period; waits while there is nothing to switch. False at the end.
    private bool WaitForDuty(bool isResting, out double duty)
    {
        lock (_gate)
        {
            while (isResting && !_isNew && !_isEnding)
            {
                Monitor.Wait(_gate);
            }

            _isNew = false;
            duty = _duty;
            return !_isEnding;
        }
    }
}
