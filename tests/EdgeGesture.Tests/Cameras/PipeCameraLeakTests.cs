using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests.Cameras;

[Collection(nameof(Alone))]
public class PipeCameraLeakTests
{
    [Theory]
    [InlineData("exec sleep 60")] // an interrupt ends it
    [InlineData("exit 1")] // it has ended by itself
    public void Opened_again_and_again_it_leaves_no_descriptor(string script)
    {
        OpenAndClose(script); // what the runtime opens once
        var before = Descriptors();
        for (var i = 0; i < 3; i++)
        {
            OpenAndClose(script);
        }

        Assert.InRange(Descriptors(), 0, before);
    }

    private static void OpenAndClose(string script)
    {
        using var camera = new PipeCamera(new PipeCommand("test", "/bin/sh", ["-c", script], 64, 48, "check its cable"), TimeProvider.System, new LogList());
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
