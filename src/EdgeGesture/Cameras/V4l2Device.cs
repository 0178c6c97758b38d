using System.Runtime.InteropServices;
using System.Text;

namespace EdgeGesture.Cameras;

/// <summary>An open V4L2 device: its calls, and their errors in words.</summary>
internal sealed unsafe class V4l2Device : IDisposable
{
    private bool _disposed;

    /// <exception cref="EdgeGestureException">It is not there, or forbidden.</exception>
    public V4l2Device(string path)
    {
        Path = path;
        Descriptor = V4l2Native.OpenDevice(path);
        if (Descriptor < 0)
        {
            throw Failure("be opened", Marshal.GetLastPInvokeError());
        }

        var capability = default(V4l2Native.Capability);
        IsCamera = V4l2Native.Control(Descriptor, V4l2Native.QueryCapabilities, ref capability, out _) == 0 && CanCapture(capability);
        Card = Text(capability.Card, 32);
    }

    public string Path { get; }

    public int Descriptor { get; }

    /// <summary>The driver's name for it.</summary>
    public string Card { get; }

    /// <summary>Whether it captures and streams: some nodes of a camera only carry its metadata.</summary>
    public bool IsCamera { get; }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _ = V4l2Native.Close(Descriptor);
        }
    }

    /// <summary>One call that must succeed.</summary>
    /// <param name="request">Which.</param>
    /// <param name="argument">What it takes and gives.</param>
    /// <param name="what">The words behind "could not", for the error.</param>
    /// <exception cref="EdgeGestureException">It failed.</exception>
    public void Control<T>(nuint request, ref T argument, string what)
        where T : unmanaged
    {
        if (V4l2Native.Control(Descriptor, request, ref argument, out var error) < 0)
        {
            throw Failure(what, error);
        }
    }

    /// <summary>One call that says by failing that there is no more, or no such thing.</summary>
    public bool TryControl<T>(nuint request, ref T argument)
        where T : unmanaged => V4l2Native.Control(Descriptor, request, ref argument, out _) == 0;

    public EdgeGestureException Failure(string what, int error) => new(error switch
    {
        V4l2Native.AccessDenied or V4l2Native.NotPermitted =>
            $"The camera {Path} may not be opened by this user ({Environment.UserName}); add it to the group video with: sudo usermod -aG video {Environment.UserName}, then log in anew.",
        V4l2Native.Busy => $"The camera {Path} is in use by another program; find it with: sudo fuser -v {Path}, and stop it.",
        V4l2Native.NoSuchDevice => $"The camera {Path} was unplugged; plug it in again.",
        _ => $"The camera {Path} could not {what} ({Marshal.GetPInvokeErrorMessage(error)}); unplug it and plug it in again.",
    });

    private static bool CanCapture(in V4l2Native.Capability capability)
    {
        const uint Needed = V4l2Native.CapabilityCapture | V4l2Native.CapabilityStreaming;
        var capabilities = (capability.OfDevice & V4l2Native.CapabilityOfThisNode) != 0 ? capability.OfNode : capability.OfDevice;
        return (capabilities & Needed) == Needed;
    }

    private static string Text(byte* bytes, int length)
    {
        var span = new ReadOnlySpan<byte>(bytes, length);
        return Encoding.UTF8.GetString(span[..(span.IndexOf((byte)0) is var end and >= 0 ? end : length)]);
    }
}
