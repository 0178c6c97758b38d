using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeGesture.Cameras;

/// <summary>
/// A USB camera, or any other that the kernel shows as a V4L2 capture device: its driver fills buffers that we map once,
/// so a frame is never copied. The newest frame is lent; older ones go back to the driver unseen.
/// </summary>
/// <remarks>Frames in the uncompressed formats only; a camera that has none of them at the size is asked for another.</remarks>
public sealed unsafe class V4l2Camera : ICamera
{
    private const int BufferCount = 4;

    // Cheapest first: what has the fewest bytes to read.
    private static readonly (uint FourCc, PixelFormat Format)[] Formats =
    [
        (V4l2Native.FourCc("NV12"u8), PixelFormat.Nv12),
        (V4l2Native.FourCc("YU12"u8), PixelFormat.I420),
        (V4l2Native.FourCc("YUYV"u8), PixelFormat.Yuyv),
        (V4l2Native.FourCc("RGB3"u8), PixelFormat.Rgb24),
    ];

    private readonly string _path;
    private readonly int _device;
    private readonly Frame _frame = new();
    private readonly int _frameBytes;
    private readonly List<(nint Address, nuint Length)> _maps = [];
    private int _lent = -1; // the buffer that the reader has
    private bool _disposed;

    /// <param name="path">The device: <c>/dev/video0</c> or a link to it.</param>
    /// <param name="options">The size and rate to ask for.</param>
    /// <exception cref="EdgeGestureException">It is not there, in use, forbidden, or not a camera.</exception>
    public V4l2Camera(string path, CameraOptions options)
    {
        _path = path;
        _device = V4l2Native.OpenDevice(path);
        if (_device < 0)
        {
            throw Failure("be opened", Marshal.GetLastPInvokeError());
        }

        try
        {
            Name = $"{path} ({CheckCapabilities()})";
            var format = Negotiate(options);
            var fps = SetRate(options.Fps);
            _frameBytes = Frame.LengthBytes(format, _frame.StrideBytes, _frame.Height);
            Mode = string.Create(CultureInfo.InvariantCulture, $"{_frame.Width}×{_frame.Height} {format.ToString().ToUpperInvariant()} at {fps:0.##} fps");
            MapBuffers();
            var type = V4l2Native.VideoCapture;
            Control(V4l2Native.StreamOn, ref type, "start to stream");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public string Mode { get; }

    /// <summary>Every capture device, by its path, with the name that its driver gives it.</summary>
    public static IReadOnlyList<(string Path, string Card)> List()
    {
        var cameras = new List<(string, string)>();
        foreach (var path in Directory.EnumerateFiles("/dev", "video*").Order(StringComparer.Ordinal))
        {
            var device = V4l2Native.OpenDevice(path);
            if (device < 0)
            {
                continue;
            }

            var capability = default(V4l2Native.Capability);
            if (V4l2Native.Control(device, V4l2Native.QueryCapabilities, ref capability, out _) == 0 && CanCapture(capability))
            {
                cameras.Add((path, Text(capability.Card, 32)));
            }

            _ = V4l2Native.Close(device);
        }

        return cameras;
    }

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        frame = null;
        ReturnLent();
        if (!WaitForFrame(timeout))
        {
            return ReadResult.Timeout;
        }

        // The newest: whatever else is ready is older by a frame or more.
        var newest = default(V4l2Native.Buffer);
        while (TryDequeue(out var buffer))
        {
            ReturnLent();
            newest = buffer;
            _lent = (int)buffer.Index;
        }

        if (_lent < 0 || (newest.Flags & V4l2Native.FlagError) != 0 || newest.BytesUsed < _frameBytes)
        {
            return ReadResult.Timeout; // none after all, or half a frame
        }

        var time = TimeSpan.FromSeconds(newest.Seconds) + TimeSpan.FromMicroseconds(newest.Microseconds);
        _frame.Fill((byte*)_maps[_lent].Address, _frameBytes, time, newest.Sequence);
        frame = _frame;
        return ReadResult.Frame;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        var type = V4l2Native.VideoCapture;
        _ = V4l2Native.Control(_device, V4l2Native.StreamOff, ref type, out _);
        foreach (var (address, length) in _maps)
        {
            _ = V4l2Native.Unmap((byte*)address, length);
        }

        _ = V4l2Native.Close(_device);
    }

    private string CheckCapabilities()
    {
        var capability = default(V4l2Native.Capability);
        if (V4l2Native.Control(_device, V4l2Native.QueryCapabilities, ref capability, out _) < 0 || !CanCapture(capability))
        {
            throw new EdgeGestureException($"The device {_path} is not a camera that streams; see which are with: v4l2-ctl --list-devices.");
        }

        return Text(capability.Card, 32);
    }

    private static bool CanCapture(in V4l2Native.Capability capability)
    {
        const uint Needed = V4l2Native.CapabilityCapture | V4l2Native.CapabilityStreaming;
        var capabilities = (capability.OfDevice & V4l2Native.CapabilityOfThisNode) != 0 ? capability.OfNode : capability.OfDevice;
        return (capabilities & Needed) == Needed;
    }

    // Asks for the cheapest format that the camera has; size and stride are the driver's answer.
    private PixelFormat Negotiate(CameraOptions options)
    {
        var offered = OfferedFormats();
        var (fourCc, format) = Formats.FirstOrDefault(known => offered.Contains(known.FourCc));
        if (fourCc == 0)
        {
            throw new EdgeGestureException(
                $"The camera {_path} offers {string.Join(", ", offered.Select(Name4))}, but none of {string.Join(", ", Formats.Select(known => Name4(known.FourCc)))}; use another camera.");
        }

        var answer = new V4l2Native.Format
        {
            Type = V4l2Native.VideoCapture,
            Width = (uint)options.Width,
            Height = (uint)options.Height,
            PixelFormat = fourCc,
        };
        Control(V4l2Native.SetFormat, ref answer, "take a format");
        if (answer.PixelFormat != fourCc)
        {
            throw new EdgeGestureException($"The camera {_path} offers {Name4(fourCc)} but does not take it at {options.Width}×{options.Height}; set camera.width and camera.height to a size that it lists in: v4l2-ctl -d {_path} --list-formats-ext.");
        }

        var fullRange = answer.Quantisation == V4l2Native.FullRange || answer.Colourspace == V4l2Native.ColourspaceJpeg;
        _frame.SetLayout(format, (int)answer.Width, (int)answer.Height, (int)answer.BytesPerLine, fullRange);
        return format;
    }

    private List<uint> OfferedFormats()
    {
        var offered = new List<uint>();
        for (var i = 0u; ; i++)
        {
            var description = new V4l2Native.FormatDescription { Index = i, Type = V4l2Native.VideoCapture };
            if (V4l2Native.Control(_device, V4l2Native.EnumFormats, ref description, out _) < 0)
            {
                return offered;
            }

            offered.Add(description.PixelFormat);
        }
    }

    // Some drivers have no choice of rate; the answer is 0 then.
    private double SetRate(int fps)
    {
        var parameters = new V4l2Native.StreamParameters { Type = V4l2Native.VideoCapture, PeriodNumerator = 1, PeriodDenominator = (uint)fps };
        return V4l2Native.Control(_device, V4l2Native.SetParameters, ref parameters, out _) == 0 && parameters.PeriodNumerator > 0
            ? (double)parameters.PeriodDenominator / parameters.PeriodNumerator
            : 0;
    }

    private void MapBuffers()
    {
        var request = new V4l2Native.BufferRequest { Count = BufferCount, Type = V4l2Native.VideoCapture, Memory = V4l2Native.Mmap };
        Control(V4l2Native.RequestBuffers, ref request, "give buffers");
        for (var i = 0u; i < request.Count; i++)
        {
            var buffer = NewBuffer(i);
            Control(V4l2Native.QueryBuffer, ref buffer, "describe a buffer");
            var address = V4l2Native.Map(_device, buffer.Length, buffer.Offset);
            if (address is null)
            {
                throw Failure("map a buffer", Marshal.GetLastPInvokeError());
            }

            _maps.Add(((nint)address, buffer.Length));
            Control(V4l2Native.Queue, ref buffer, "take a buffer");
        }
    }

    private bool WaitForFrame(TimeSpan timeout)
    {
        var entry = new V4l2Native.PollEntry { Device = _device, Asked = V4l2Native.PollEntry.Readable };
        var ready = V4l2Native.Poll(&entry, 1, (int)Math.Ceiling(timeout.TotalMilliseconds));
        if (ready < 0 && Marshal.GetLastPInvokeError() is not V4l2Native.Interrupted and var error)
        {
            throw Failure("be waited for", error);
        }

        // An unplugged camera is "ready" too, without a frame; dequeuing tells.
        return ready > 0;
    }

    private bool TryDequeue(out V4l2Native.Buffer buffer)
    {
        buffer = NewBuffer(0);
        if (V4l2Native.Control(_device, V4l2Native.Dequeue, ref buffer, out var error) == 0)
        {
            return true;
        }

        return error == V4l2Native.TryAgain ? false : throw Failure("give a frame", error);
    }

    private void ReturnLent()
    {
        if (_lent >= 0)
        {
            var buffer = NewBuffer((uint)_lent);
            _lent = -1;
            Control(V4l2Native.Queue, ref buffer, "take a buffer back");
        }
    }

    private void Control<T>(nuint request, ref T argument, string what)
        where T : unmanaged
    {
        if (V4l2Native.Control(_device, request, ref argument, out var error) < 0)
        {
            throw Failure(what, error);
        }
    }

    private EdgeGestureException Failure(string what, int error) => new(error switch
    {
        V4l2Native.AccessDenied or V4l2Native.NotPermitted =>
            $"The camera {_path} may not be opened by this user ({Environment.UserName}); add it to the group video with: sudo usermod -aG video {Environment.UserName}, then log in anew.",
        V4l2Native.Busy => $"The camera {_path} is in use by another program; find it with: sudo fuser -v {_path}, and stop it.",
        V4l2Native.NoSuchDevice => $"The camera {_path} was unplugged; plug it in again.",
        _ => $"The camera {_path} could not {what} ({Marshal.GetPInvokeErrorMessage(error)}); unplug it and plug it in again.",
    });

    private static V4l2Native.Buffer NewBuffer(uint index) => new() { Index = index, Type = V4l2Native.VideoCapture, Memory = V4l2Native.Mmap };

    private static string Text(byte* bytes, int length)
    {
        var span = new ReadOnlySpan<byte>(bytes, length);
        return Encoding.UTF8.GetString(span[..(span.IndexOf((byte)0) is var end and >= 0 ? end : length)]);
    }

    private static string Name4(uint fourCc) => Encoding.ASCII.GetString(BitConverter.GetBytes(fourCc)).TrimEnd();
}
