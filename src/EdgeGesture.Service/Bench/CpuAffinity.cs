using System.Runtime.InteropServices;

namespace EdgeGesture.Service.Bench;

/// <summary>Keeps a thread, and those that it starts from then on, to some of the processor's cores (sched_setaffinity(2)).</summary>
internal static partial class CpuAffinity
{
    private const int MaskBytes = 128; // the C library's cpu_set_t: 1024 cores

    /// <summary>Cores that this process may use, by number.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        var mask = new byte[MaskBytes];
        return GetAffinity(0, MaskBytes, mask) < 0
            ? [.. Enumerable.Range(0, Environment.ProcessorCount)]
            : [.. Enumerable.Range(0, 8 * MaskBytes).Where(core => (mask[core / 8] >> (core % 8) & 1) != 0)];
    }

    /// <summary>Keeps the calling thread to some cores.</summary>
    /// <exception cref="EdgeGestureException">The system does not allow it.</exception>
    public static void KeepTo(IReadOnlyList<int> cores)
    {
        var mask = new byte[MaskBytes];
        foreach (var core in cores)
        {
            mask[core / 8] |= (byte)(1 << (core % 8));
        }

        if (SetAffinity(0, MaskBytes, mask) < 0)
        {
            throw new EdgeGestureException($"The cores {string.Join(", ", cores)} cannot be chosen (error {Marshal.GetLastPInvokeError()}); run outside of a container that limits them.");
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint maskBytes, byte[] mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nint maskBytes, byte[] mask);
}
