using System.Runtime.InteropServices;

namespace EdgeGesture.Telemetry;

/// <summary>
/// A clock that runs only while this process uses a processor: its timestamps are the processor time of all its threads
/// in nanoseconds (CLOCK_PROCESS_CPUTIME_ID, clock_gettime(2)).
/// </summary>
public sealed partial class CpuClock : TimeProvider
{
    private const int ProcessCpuTime = 2;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp()
    {
        _ = ClockGetTime(ProcessCpuTime, out var time); // fails only for a clock that does not exist
        return time.Seconds * TimestampFrequency + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
