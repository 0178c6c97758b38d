using System.Runtime.InteropServices;
using EdgeGesture.Cameras;
using EdgeGesture.Outputs;
using EdgeGesture.Power;

namespace EdgeGesture.Service.Doctor;

/// <summary>What the doctor examines: this machine, or one that a test describes.</summary>
internal sealed partial record Machine
{
    private const int ClockError = 5; // TIME_ERROR of sys/timex.h: not synchronised
    private const int TimexBytes = 256; // more than struct timex on any machine

    /// <summary>/proc, /sys, /dev and /etc.</summary>
    public SystemFiles Files { get; init; } = new();

    public IVideoCore VideoCore { get; init; } = new Vcgencmd();

    /// <summary>Folders with programs, with colons between them.</summary>
    public string? ProgramPath { get; init; } = Environment.GetEnvironmentVariable("PATH");

    public string UserName { get; init; } = Environment.UserName;

    public Func<IReadOnlyList<CameraDevice>> Cameras { get; init; } = CameraDevices.List;

    /// <summary>Opens the GPIO chip of a label.</summary>
    public Func<string, IBoard> OpenBoard { get; init; } = GpioBoard.Open;

    public Func<string, bool> HasLibrary { get; init; } = IsLoadable;

    public Func<PowerOptions, IPowerMeter> OpenMeter { get; init; } = PowerMeterDiscovery.Create(TimeProvider.System).Find;

    /// <summary>Whether the kernel holds its clock to be right (ntp_adjtime(3)).</summary>
    public Func<bool> IsClockSynchronised { get; init; } = AskKernelClock;

    /// <summary>Bytes that are free for this user in the file system of a folder; null where there is none.</summary>
    public Func<string, long?> FreeBytes { get; init; } = AskFreeBytes;

    private static bool IsLoadable(string library)
    {
        var isThere = NativeLibrary.TryLoad(library, out var handle);
        if (isThere)
        {
            NativeLibrary.Free(handle);
        }

        return isThere;
    }

    private static bool AskKernelClock()
    {
        Span<byte> timex = stackalloc byte[TimexBytes];
        timex.Clear(); // modes 0: only ask
        return AdjustTime(ref MemoryMarshal.GetReference(timex)) is >= 0 and not ClockError;
    }

    private static long? AskFreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjustTime(ref byte timex);
}
