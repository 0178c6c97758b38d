using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests.Cameras;

/// <summary>A camera that does what a script says, one letter a read: f a frame, t none in time, e the end, x a failure.</summary>
internal sealed class ScriptedCamera(string script) : ICamera
{
    private readonly TestFrame _picture = TestFrame.Random(PixelFormat.Yuyv, 64, 48, seed: 1);
    private int _next;

    public string Name => "camera";

    public string Mode => "64×48 YUYV";

    public bool IsDisposed { get; private set; }

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var at = Math.Min(_next++, script.Length - 1); // its last letter goes on
        frame = script[at] == 'f' ? _picture.At(TimeSpan.FromSeconds(_next), _next) : null;
        return script[at] switch
        {
            'f' => ReadResult.Frame,
            't' => ReadResult.Timeout,
            'e' => ReadResult.End,
            _ => throw new EdgeGestureException("The camera was unplugged; plug it in again."),
        };
    }

    public void Dispose()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        IsDisposed = true;
        _picture.Dispose();
    }
}
