using System.Runtime.InteropServices;

namespace EdgeGesture.Cameras;

/// <summary>
/// A USB camera, or any other that the kernel shows as a V4L2 capture device: its driver fills buffers that we map once,
/// so a frame is never copied. The newest frame is lent; older ones go back to the driver unseen.
/// </summary>
public sealed unsafe class V4l2Camera : ICamera
{
    private const int BufferCount = 4;

    private readonly V4l2Device _device;
    private readonly Frame _frame = new();
    private readonly int? _frameBytes; // null where each frame has its own length
    private readonly List<(nint Address, nuint Length)> _maps = [];
    private int _lent = -1; // the buffer that the reader has
    private bool _disposed;

    /// <param name="path">The device: <c>/dev/video0</c> or a link to it.</param>
    /// <param name="options">The size and rate to ask for.</param>
    /// <param name="cadenceFps">Frames a second that the network looks at.</param>
    /// <exception cref="EdgeGestureException">It is not there, in use, forbidden, or not a camera.</exception>
    public V4l2Camera(string path, CameraOptions options, double cadenceFps)
    {
        _device = new V4l2Device(path);
        try
        {
            if (!_device.IsCamera)
            {
                throw new EdgeGestureException($"The device {path} is not a camera that streams; see which are with: edgegesture cameras.");
            }

            Name = $"{path} ({_device.Card})";
            var mode = Choose(options, cadenceFps);
            SetFormat(mode);
            var fps = SetRate(mode.Fps ?? options.Fps);
            Mode = new CameraMode(mode.Format, _frame.Width, _frame.Height, fps).ToString();
            _frameBytes = mode.Format == PixelFormat.Mjpeg ? null : Frame.LengthBytes(mode.Format, _frame.StrideBytes, _frame.Height);
            MapBuffers();
            var type = V4l2Native.VideoCapture;
            _device.Control(V4l2Native.StreamOn, ref type, "start to stream");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public string Mode { get; }

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

        if (_lent < 0 || (newest.Flags & V4l2Native.FlagError) != 0 || newest.BytesUsed < (_frameBytes ?? 1))
        {
            return ReadResult.Timeout; // none after all, or half a frame
        }

        var time = TimeSpan.FromSeconds(newest.Seconds) + TimeSpan.FromMicroseconds(newest.Microseconds);
        _frame.Fill((byte*)_maps[_lent].Address, _frameBytes ?? (int)newest.BytesUsed, time, newest.Sequence);
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
        _ = _device.TryControl(V4l2Native.StreamOff, ref type);
        foreach (var (address, length) in _maps)
        {
            _ = V4l2Native.Unmap((byte*)address, length);
        }

        _device.Dispose();
    }

    private CameraMode Choose(CameraOptions options, double cadenceFps) =>
        ModeChoice.Choose(V4l2Modes.List(_device), options, cadenceFps) ?? throw new EdgeGestureException(
            $"The camera {_device.Path} offers {string.Join(", ", V4l2Modes.Formats(_device).Select(V4l2Format.Name))}, but none of {V4l2Format.Names}; use another camera.");

    // Size and stride are the driver's answer.
    private void SetFormat(CameraMode mode)
    {
        var fourCc = V4l2Format.FourCc(mode.Format);
        var answer = new V4l2Native.Format
        {
            Type = V4l2Native.VideoCapture,
            Width = (uint)mode.Width,
            Height = (uint)mode.Height,
            PixelFormat = fourCc,
        };
        _device.Control(V4l2Native.SetFormat, ref answer, "take a format");
        if (answer.PixelFormat != fourCc)
        {
            throw new EdgeGestureException(
                $"The camera {_device.Path} offers {mode} but does not take it; set camera.width and camera.height to another size that it lists in: edgegesture cameras.");
        }

        var fullRange = answer.Quantisation == V4l2Native.FullRange || answer.Colourspace == V4l2Native.ColourspaceJpeg;
        _frame.SetLayout(mode.Format, (int)answer.Width, (int)answer.Height, mode.Format == PixelFormat.Mjpeg ? 0 : (int)answer.BytesPerLine, fullRange);
    }

    // The driver's answer; null from one that has no choice of rate.
    private double? SetRate(double fps)
    {
        var parameters = new V4l2Native.StreamParameters
        {
            Type = V4l2Native.VideoCapture,
            PeriodNumerator = 1000,
            PeriodDenominator = (uint)Math.Round(1000 * fps),
        };
        return _device.TryControl(V4l2Native.SetParameters, ref parameters) && parameters.PeriodNumerator > 0
            ? (double)parameters.PeriodDenominator / parameters.PeriodNumerator
            : null;
    }

    private void MapBuffers()
    {
        var request = new V4l2Native.BufferRequest { Count = BufferCount, Type = V4l2Native.VideoCapture, Memory = V4l2Native.Mmap };
        _device.Control(V4l2Native.RequestBuffers, ref request, "give buffers");
        for (var i = 0u; i < request.Count; i++)
        {
            var buffer = NewBuffer(i);
            _device.Control(V4l2Native.QueryBuffer, ref buffer, "describe a buffer");
            var address = V4l2Native.Map(_device.Descriptor, buffer.Length, buffer.Offset);
            if (address is null)
            {
                throw _device.Failure("map a buffer", Marshal.GetLastPInvokeError());
            }

            _maps.Add(((nint)address, buffer.Length));
            _device.Control(V4l2Native.Queue, ref buffer, "take a buffer");
        }
    }

    private bool WaitForFrame(TimeSpan timeout)
    {
        var entry = new V4l2Native.PollEntry { Device = _device.Descriptor, Asked = V4l2Native.PollEntry.Readable };
        var ready = V4l2Native.Poll(&entry, 1, (int)Math.Ceiling(timeout.TotalMilliseconds));
        if (ready < 0 && Marshal.GetLastPInvokeError() is not V4l2Native.Interrupted and var error)
        {
            throw _device.Failure("be waited for", error);
        }

        // An unplugged camera is "ready" too, without a frame; dequeuing tells.
        return ready > 0;
    }

    private bool TryDequeue(out V4l2Native.Buffer buffer)
    {
        buffer = NewBuffer(0);
        if (V4l2Native.Control(_device.Descriptor, V4l2Native.Dequeue, ref buffer, out var error) == 0)
        {
            return true;
        }

        return error == V4l2Native.TryAgain ? false : throw _device.Failure("give a frame", error);
    }

    private void ReturnLent()
    {
        if (_lent >= 0)
        {
            var buffer = NewBuffer((uint)_lent);
            _lent = -1;
            _device.Control(V4l2Native.Queue, ref buffer, "take a buffer back");
        }
    }

    private static V4l2Native.Buffer NewBuffer(uint index) => new() { Index = index, Type = V4l2Native.VideoCapture, Memory = V4l2Native.Mmap };
}
