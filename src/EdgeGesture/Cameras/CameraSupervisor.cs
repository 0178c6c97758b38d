using Microsoft.Extensions.Logging;

namespace EdgeGesture.Cameras;

/// <summary>
/// Keeps a live camera alive: one that fails, ends or gives no frame for <see cref="Patience"/> is closed and opened
/// again, after a pause that grows from <see cref="FirstPause"/> to <see cref="LongestPause"/>, until frames come. The
/// reader learns of it by one <see cref="ReadResult.Lost"/>, a person by one line in the log, and one when it is back.
/// </summary>
/// <remarks>Closing and opening may take seconds, so both happen on another thread; a read never waits longer than asked.</remarks>
public sealed class CameraSupervisor : ICamera
{
    /// <summary>How long frames may be missing before the camera counts as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long the first frame may take: programs must start, streams be negotiated, exposures be found.</summary>
    public static readonly TimeSpan FirstFramePatience = TimeSpan.FromSeconds(10);

    /// <summary>Before the first attempt to reopen; each further pause is twice as long.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Func<double?, ICamera> _open;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();

    private ICamera? _camera; // null while it is being opened again
    private string? _whyMissing; // at the start, until it is said
    private Task<ICamera>? _reopening; // while _camera is null
    private bool _hasGivenFrames; // since it was opened
    private long _lastSign; // when the last frame came, or the camera was opened
    private long? _lostAt; // null while all is well
    private double? _framesPerSecond; // asked for; null for the configured rate
    private TimeSpan _pause = FirstPause;

    /// <param name="open">
    /// Opens the camera at the rate that was asked for, null for the configured one; called again after each loss, on
    /// another thread.
    /// </param>
    /// <param name="clock">The clock that patience and pauses run on.</param>
    /// <param name="log">Where a loss and a return are reported.</param>
    /// <param name="awaited">
    /// The name of a camera that may be missing at the start, and is then lost from the first read on; null if that is an
    /// error.
    /// </param>
    /// <exception cref="EdgeGestureException">The camera cannot be opened at the start, and is not awaited.</exception>
    public CameraSupervisor(Func<double?, ICamera> open, TimeProvider clock, ILogger log, string? awaited = null)
    {
        _open = open;
        _clock = clock;
        _log = log;
        _lastSign = clock.GetTimestamp();
        try
        {
            _camera = open(null);
            (Name, Mode) = (_camera.Name, _camera.Mode);
        }
        catch (EdgeGestureException exception) when (awaited is not null)
        {
            (Name, Mode) = (awaited, "not there yet");
            _whyMissing = exception.Message;
        }
    }

    public string Name { get; private set; }

    public string Mode { get; private set; }

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        if (_camera is not null)
        {
            return ReadCamera(_camera, timeout, out frame);
        }

        frame = null;
        if (_whyMissing is { } why)
        {
            _whyMissing = null;
            return Lose(why);
        }

        return TakeReopened(timeout);
    }

    public void AskForRate(double? framesPerSecond)
    {
        if (framesPerSecond == _framesPerSecond)
        {
            return;
        }

        _framesPerSecond = framesPerSecond;
        if (_camera is { } camera)
        {
            _camera = null;
            _lastSign = _clock.GetTimestamp();
            _reopening = ReopenAsync(camera, TimeSpan.Zero, framesPerSecond);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _camera?.Dispose();
        _ = _reopening?.ContinueWith(
            opened => opened.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        _stop.Dispose();
    }

    private ReadResult ReadCamera(ICamera camera, TimeSpan timeout, out Frame? frame)
    {
        frame = null;
        try
        {
            switch (camera.Read(timeout, out frame))
            {
                case ReadResult.Frame:
                    _lastSign = _clock.GetTimestamp();
                    if (!_hasGivenFrames)
                    {
                        BeginToSee();
                    }

                    return ReadResult.Frame;
                case ReadResult.Timeout:
                    var patience = _hasGivenFrames ? Patience : FirstFramePatience;
                    return _clock.GetElapsedTime(_lastSign) < patience
                        ? ReadResult.Timeout
                        : Lose($"The camera {Name} gave no frame for {patience.TotalSeconds:0} s; check its cable and power.");
                default:
                    return Lose($"The camera {Name} ended its stream; check its cable and power.");
            }
        }
        catch (EdgeGestureException exception)
        {
            return Lose(exception.Message);
        }
    }

    private void BeginToSee()
    {
        _hasGivenFrames = true;
        _pause = FirstPause;
        if (_lostAt is { } lostAt)
        {
            _lostAt = null;
            _log.LogInformation("The camera {Camera} is back, {Mode}, after {BlindSeconds:0.0} s without it", Name, Mode, _clock.GetElapsedTime(lostAt).TotalSeconds);
        }
    }

    private ReadResult Lose(string why)
    {
        var lost = _camera;
        _camera = null;
        _reopening = ReopenAsync(lost, _pause, _framesPerSecond);
        _pause = 2 * _pause < LongestPause ? 2 * _pause : LongestPause;
        return SayLost(why);
    }

    private ReadResult SayLost(string why)
    {
        if (_lostAt is not null)
        {
            _log.LogDebug("{Why:l}", why);
            return ReadResult.Timeout; // said already
        }

        _lostAt = _lastSign;
        _log.LogWarning("{Why:l} It is tried again until it gives frames.", why);
        return ReadResult.Lost;
    }

    private ReadResult TakeReopened(TimeSpan timeout)
    {
        if (Task.WaitAny([_reopening!], timeout) < 0)
        {
            // One that was closed for another rate, not because it was lost.
            return _lostAt is null && _clock.GetElapsedTime(_lastSign) >= Patience
                ? SayLost($"The camera {Name} does not open again; check its cable and power.")
                : ReadResult.Timeout;
        }

        try
        {
            _camera = _reopening!.GetAwaiter().GetResult();
        }
        catch (EdgeGestureException exception)
        {
            return Lose(exception.Message);
        }

        _reopening = null;
        _hasGivenFrames = false;
        _lastSign = _clock.GetTimestamp();
        (Name, Mode) = (_camera.Name, _camera.Mode);
        return ReadResult.Timeout;
    }

    private async Task<ICamera> ReopenAsync(ICamera? lost, TimeSpan pauseTime, double? framesPerSecond)
    {
        var pause = Task.Delay(pauseTime, _clock, _stop.Token);
        if (lost is not null)
        {
            await Task.Run(lost.Dispose).ConfigureAwait(false);
        }

        await pause.ConfigureAwait(false);
        return await Task.Run(() => _open(framesPerSecond), _stop.Token).ConfigureAwait(false);
    }
}
