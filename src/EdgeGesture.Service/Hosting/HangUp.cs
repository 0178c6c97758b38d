using System.Runtime.InteropServices;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// SIGHUP: read the configuration again. It also comes when the terminal that a service was started on goes away (an SSH
/// session that breaks off); then it means stop.
/// </summary>
internal static partial class HangUp
{
    private const int StandardError = 2;

    /// <summary>Listens until the result is disposed.</summary>
    public static IDisposable Listen(Action reload, Action stop)
    {
        var hadTerminal = IsTerminal(StandardError) == 1;
        return PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            if (hadTerminal && IsTerminal(StandardError) != 1)
            {
                stop();
            }
            else
            {
                reload();
            }
        });
    }

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int file);
}
