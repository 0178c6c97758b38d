namespace EdgeGesture.Vision;

/// <summary>
/// Thins a camera's frames to the cadence that the network was trained at. A frame that is not due is dropped before
/// it costs anything.
/// </summary>
/// <remarks>
/// The due times lie on a fixed grid, so the mean rate is exact for any camera rate above the cadence. A slower camera
/// has every frame due.
/// </remarks>
public sealed class Pace
{
    // Cameras jitter: a frame may come this part of a period before its due time, up to where the one after it would be
    // the nearer of the two.
    private const double EarlyFraction = 0.45;

    private TimeSpan _period;
    private TimeSpan? _next;

    public Pace(double cadenceFps) => CadenceFps = cadenceFps;

    /// <summary>Frames per second that become due, above 0. May change while frames flow.</summary>
    public double CadenceFps
    {
        get => 1 / _period.TotalSeconds;
        set => _period = TimeSpan.FromSeconds(1 / value);
    }

    /// <summary>Whether the frame taken at this time is due. Times never decrease.</summary>
    public bool IsDue(TimeSpan timestamp)
    {
        var next = _next ?? timestamp;
        if (timestamp < next - _period * EarlyFraction)
        {
            // A shorter period must not leave a due time far ahead.
            _next = next - timestamp > _period * (1 + EarlyFraction) ? timestamp + _period : next;
            return false;
        }

        var following = next + _period;
        _next = following <= timestamp ? timestamp + _period : following;
        return true;
    }

    /// <summary>Makes the next frame due, whenever it comes.</summary>
    public void Reset() => _next = null;
}
