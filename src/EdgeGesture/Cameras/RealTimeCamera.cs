namespace EdgeGesture.Cameras;

/// <summary>
/// Plays a video file as if it were a camera: each frame comes when its time has come, stamped with the system's
/// monotonic clock.
/// </summary>
public sealed class RealTimeCamera : ICamera
{
    private readonly Func<ICamera> _open;
    private readonly bool _loop;
    private readonly TimeProvider _clock;
    private readonly ManualResetEventSlim _due = new();
    private readonly ITimer _timer;

    private ICamera _file;
    private Frame? _next;
    private TimeSpan? _begin; // when the file's time was zero, on the clock
    private TimeSpan _lastDue;
    private TimeSpan _lastPeriod;
    private long _sequence;

    /// <param name="open">Opens the file at its beginning.</param>
    /// <param name="loop">Whether it begins anew at its end.</param>
    /// <param name="clock">The clock that time passes on.</param>
    public RealTimeCamera(Func<ICamera> open, bool loop, TimeProvider clock)
    {
        _open = open;
        _loop = loop;
        _clock = clock;
        _file = open();
        _timer = clock.CreateTimer(_ => _due.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name => _file.Name;

    public string Mode => $"{_file.Mode}, in real time";

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        frame = null;
        if (_next is null && !Advance())
        {
            return ReadResult.End;
        }

        _begin ??= Now;
        var due = _begin.Value + _next!.Timestamp;
        var wait = due - Now;
        if (wait > timeout)
        {
            Wait(timeout);
            return ReadResult.Timeout;
        }

        if (wait > TimeSpan.Zero)
        {
            Wait(wait);
        }

        _lastPeriod = due - _lastDue;
        _lastDue = due;
        frame = _next;
        frame.Restamp(due, _sequence++);
        _next = null;
        return ReadResult.Frame;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _due.Dispose();
        _file.Dispose();
    }

    private TimeSpan Now => _clock.GetElapsedTime(0);

    private bool Advance()
    {
        if (_file.Read(Timeout.InfiniteTimeSpan, out _next) == ReadResult.Frame)
        {
            return true;
        }

        if (!_loop || _sequence == 0)
        {
            return false;
        }

        _file.Dispose();
        _file = _open();
        _begin = _lastDue + _lastPeriod;
        return _file.Read(Timeout.InfiniteTimeSpan, out _next) == ReadResult.Frame;
    }

    // Asleep until the clock says so; allocates nothing.
    private void Wait(TimeSpan time)
    {
        _due.Reset();
        _timer.Change(time, Timeout.InfiniteTimeSpan);
        _due.Wait();
    }
}
