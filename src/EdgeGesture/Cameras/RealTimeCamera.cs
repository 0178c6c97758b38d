using EdgeGesture.Outputs;

namespace EdgeGesture.Cameras;

/// <summary>
/// Plays a video file as if it were a camera: each frame comes when its time has come, stamped with that time on the
/// system's monotonic clock.
/// </summary>
public sealed class RealTimeCamera : ICamera
{
    private readonly Func<ICamera> _open;
    private readonly bool _loop;
    private readonly IEdgeClock _clock; // a timer would be early or late by milliseconds

    private ICamera _file;
    private Frame? _next;
    private TimeSpan? _begin; // when the file's time was zero, on the clock
    private TimeSpan _lastDue;
    private TimeSpan _lastPeriod;
    private long _sequence;

    /// <param name="open">Opens the file at its beginning.</param>
    /// <param name="loop">Whether it begins anew at its end.</param>
    public RealTimeCamera(Func<ICamera> open, bool loop)
        : this(open, loop, new MonotonicClock())
    {
    }

    internal RealTimeCamera(Func<ICamera> open, bool loop, IEdgeClock clock)
    {
        _open = open;
        _loop = loop;
        _clock = clock;
        _file = open();
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

        var now = _clock.Now;
        _begin ??= now;
        var due = _begin.Value + _next!.Timestamp;
        if (due - now > timeout)
        {
            _clock.SleepUntil(now + timeout);
            return ReadResult.Timeout;
        }

        if (due > now)
        {
            _clock.SleepUntil(due);
        }

        _lastPeriod = due - _lastDue;
        _lastDue = due;
        frame = _next;
        frame.Restamp(due, _sequence++);
        _next = null;
        return ReadResult.Frame;
    }

    public void Dispose() => _file.Dispose();

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
}
