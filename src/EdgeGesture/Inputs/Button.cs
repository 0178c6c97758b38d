namespace EdgeGesture.Inputs;

/// <summary>
/// Tells when a push button is pressed. The line is read 40 times a second, and a level counts when two readings in a
/// row agree: a contact's bounce is shorter than that (some milliseconds), a finger's press is longer.
/// </summary>
public sealed class Button : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(25);

    private readonly IInputLine _line;
    private readonly bool _pressedLevel;
    private readonly Action _pressed;
    private readonly Action<Exception> _failed;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private bool _last;
    private bool _isPressed;
    private bool _isDisposed;

    /// <param name="line">The line; disposed with this.</param>
    /// <param name="pull">Its resting level: pressed is the other one.</param>
    /// <param name="clock">The clock of the readings.</param>
    /// <param name="pressed">Called at each press, on a thread of the pool. A button held down from the beginning has not been pressed.</param>
    /// <param name="failed">Told when the line cannot be read; it is not read again.</param>
    public Button(IInputLine line, Pull pull, TimeProvider clock, Action pressed, Action<Exception> failed)
    {
        _line = line;
        _pressedLevel = pull == Pull.Down;
        _pressed = pressed;
        _failed = failed;
        _last = _isPressed = line.Read() == _pressedLevel;
        _timer = clock.CreateTimer(_ => Look(), null, Period, Period);
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            _line.Dispose();
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                var now = _line.Read() == _pressedLevel;
                var isSettled = now == _last;
                _last = now;
                if (!isSettled || now == _isPressed)
                {
                    return;
                }

                _isPressed = now;
            }
#pragma warning disable CA1031 // An exception in a timer's callback would end the service.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _timer.Dispose();
                _failed(exception);
                return;
            }
        }

        if (_isPressed)
        {
            _pressed();
        }
    }
}
