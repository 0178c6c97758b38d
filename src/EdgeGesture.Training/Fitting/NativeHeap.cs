using System.Runtime.InteropServices;

namespace EdgeGesture.Training.Fitting;

/// <summary>The C library's heap, which tensors live in.</summary>
public static partial class NativeHeap
{
    // malloc.h of the GNU C library, without which the tensors' own library does not load on Linux either.
    private const int TrimThreshold = -1;
    private const int MostMappings = -4;

    /// <summary>
    /// Lets freed tensors' memory stay with the program: each step needs as much again at once, and fetching it page by
    /// page from the system takes longer than many a layer.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        _ = SetOption(MostMappings, 0);
        _ = SetOption(TrimThreshold, int.MaxValue);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);
}
