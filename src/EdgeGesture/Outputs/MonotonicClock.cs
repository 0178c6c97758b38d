using System.Runtime.InteropServices;

namespace EdgeGesture.Outputs;

/// <summary>The kernel's monotonic clock, clock_nanosleep(2).</summary>
internal sealed partial class MonotonicClock : IEdgeClock
{
    private const int Monotonic = 1; // CLOCK_MONOTONIC
    private const int Absolute = 1; // TIMER_ABSTIME
    private const int Interrupted = 4; // EINTR

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(0); // .NET's timestamps are this clock's

    public void SleepUntil(TimeSpan time)
    {
        var until = new Time(time.Ticks / TimeSpan.TicksPerSecond, time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        while (Sleep(Monotonic, Absolute, in until, 0) == Interrupted)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int Sleep(int clock, int flags, in Time until, nint remaining);

    // struct timespec on 64-bit systems.
    private readonly record struct Time(long Seconds, long Nanoseconds);
}
