using System.Runtime.InteropServices;

namespace EdgeGesture.Cameras;

/// <summary>
/// A simulated camera for measurements: a bright block moves over a textured background, as fast as it is read, on a
/// clock of its own. The pictures are made once.
/// </summary>
public sealed unsafe class SyntheticCamera : ICamera
{
    private const int Pictures = 16;

    private readonly Frame _frame = new();
    private readonly byte* _pictures;
    private readonly int _pictureBytes;
    private readonly double _framesPerSecond;
    private long _sequence;

    /// <param name="width">Pixels in a row, even.</param>
    /// <param name="height">Rows.</param>
    /// <param name="framesPerSecond">The rate of the timestamps.</param>
    /// <param name="isStill">Whether every picture is the same.</param>
    public SyntheticCamera(int width, int height, double framesPerSecond, bool isStill = false)
    {
        _framesPerSecond = framesPerSecond;
        var stride = Frame.TightStrideBytes(PixelFormat.Yuyv, width);
        _frame.SetLayout(PixelFormat.Yuyv, width, height, stride, fullRange: false);
        _pictureBytes = Frame.LengthBytes(PixelFormat.Yuyv, stride, height);
        _pictures = (byte*)NativeMemory.AlignedAlloc((nuint)(Pictures * _pictureBytes), 64);
        for (var i = 0; i < Pictures; i++)
        {
            Draw(new Span<byte>(_pictures + i * _pictureBytes, _pictureBytes), stride, isStill ? 0 : i * width / Pictures);
        }

        Mode = FormattableString.Invariant($"{width}×{height} YUYV at {framesPerSecond:0.##} fps");
    }

    public string Name => "simulated camera";

    public string Mode { get; }

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        _frame.Fill(_pictures + _sequence % Pictures * _pictureBytes, _pictureBytes, TimeSpan.FromSeconds(_sequence / _framesPerSecond), _sequence);
        _sequence++;
        frame = _frame;
        return ReadResult.Frame;
    }

    public void Dispose() => NativeMemory.AlignedFree(_pictures);

    private static void Draw(Span<byte> picture, int stride, int blockColumn)
    {
        for (var i = 0; i < picture.Length; i += 2)
        {
            var (row, column) = (i / stride, i % stride / 2);
            var inBlock = column >= blockColumn && column < blockColumn + stride / 8;
            picture[i] = (byte)(inBlock ? 200 : 60 + (column * 7 + row * 13) % 64);
            picture[i + 1] = (byte)(inBlock ? 150 : 128);
        }
    }
}
