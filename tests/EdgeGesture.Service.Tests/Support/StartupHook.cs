using System.Diagnostics.CodeAnalysis;

/// <summary>
/// Makes a program crash: the runtime calls it first where DOTNET_STARTUP_HOOKS names this assembly, and it throws on a
/// thread of its own as soon as there is a file at the path in EDGEGESTURE_TEST_CRASH.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this very name.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        var path = Environment.GetEnvironmentVariable("EDGEGESTURE_TEST_CRASH")!;
        new Thread(() =>
        {
            while (!File.Exists(path))
            {
                Thread.Sleep(20);
            }

            throw new InvalidOperationException("A crash on purpose.");
        })
        { IsBackground = true }.Start();
    }
}
