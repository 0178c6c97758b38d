namespace EdgeGesture.Telemetry;

/// <summary>How often something happens, as the mean of the last seconds. One thread counts, any thread reads.</summary>
public sealed class RateMeter(TimeProvider clock)
{
    /// <summary>The seconds that count; the newest <see cref="Most"/> happenings at most.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private const int Most = 1024; // a power of two; more than a camera gives in the window

    private readonly long[] _times = new long[Most];
    private readonly long _start = clock.GetTimestamp();
    private long _count;

    public void Count()
    {
        _times[_count & (Most - 1)] = clock.GetTimestamp();
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Happenings per second.</summary>
    public double PerSecond
    {
        get
        {
            var (now, count) = (clock.GetTimestamp(), Volatile.Read(ref _count));
            var recent = 0;
            while (recent < Math.Min(count, Most) && clock.GetElapsedTime(_times[(count - 1 - recent) & (Most - 1)], now) < Window)
            {
                recent++;
            }

            var age = clock.GetElapsedTime(_start, now);
            var seconds = (age < Window ? age : Window).TotalSeconds;
            return seconds > 0 ? recent / seconds : 0;
        }
    }
}
