using EdgeGesture.Cameras;

namespace EdgeGesture.Vision;

/// <summary>
/// A coarse picture of what the network sees of a frame: the mean brightness of <see cref="Columns"/> × <see cref="Rows"/>
/// cells. Only a few rows of each cell are read, which is what makes it cheap.
/// </summary>
/// <remarks>Allocates only when the frames' layout changes. Not thread-safe.</remarks>
internal sealed class LumaGrid
{
    public const int Columns = 32;
    public const int Rows = 24;
    public const int Cells = Columns * Rows;

    // Rows read of each cell. An edge that trembles by a pixel moves one of them at most.
    private const int SampledRows = 4;

    // BT.601's video range puts black here.
    private const float VideoBlack = 16;

    private readonly int[] _columnStart = new int[Columns + 1]; // sums of a row that make up a cell, from the first seen
    private ushort[] _rowSum = []; // bytes of the seen columns, added up over the sampled rows of a cell
    private (PixelFormat, int Width, int Height, int Stride) _layout;
    private int _firstByte;
    private int _pixelBytes;
    private int _lumaStep;

    /// <summary>Measures a frame.</summary>
    /// <param name="frame">A picture in any format but <see cref="PixelFormat.Mjpeg"/>.</param>
    /// <param name="cells">Row by row, brightness above black on a scale of 255 levels. Of RGB the mean of the three.</param>
    /// <exception cref="EdgeGestureException">The frame has fewer bytes than its layout needs.</exception>
    public void Measure(Frame frame, Span<float> cells)
    {
        if (_layout != LayoutOf(frame))
        {
            Arrange(frame);
        }

        var data = frame.Data;
        if (data.Length < frame.StrideBytes * frame.Height)
        {
            throw new EdgeGestureException(
                $"A {frame.Width}×{frame.Height} {frame.Format} frame came with {data.Length} bytes where {frame.StrideBytes * frame.Height} are needed for its brightness alone; check the camera's cable and mode.");
        }

        var black = frame.FullRange || frame.Format == PixelFormat.Rgb24 ? 0 : VideoBlack;
        for (var row = 0; row < Rows; row++)
        {
            var top = row * frame.Height / Rows;
            var height = Math.Max((row + 1) * frame.Height / Rows - top, 1);
            var sampled = Math.Min(height, SampledRows);
            Array.Clear(_rowSum);
            for (var i = 0; i < sampled; i++)
            {
                var y = top + (2 * i + 1) * height / (2 * sampled);
                RowAccumulator.MultiplyAdd(data.Slice(y * frame.StrideBytes + _firstByte, _rowSum.Length), 1, _rowSum);
            }

            for (var column = 0; column < Columns; column++)
            {
                var (start, end) = (_columnStart[column], Math.Max(_columnStart[column + 1], _columnStart[column] + _pixelBytes));
                var count = (end - start) / _lumaStep * sampled;
                cells[row * Columns + column] = Math.Max((float)Sum(_rowSum.AsSpan(start, end - start), _lumaStep) / count - black, 0);
            }
        }
    }

    private static int Sum(ReadOnlySpan<ushort> values, int step)
    {
        var sum = 0;
        for (var i = 0; i < values.Length; i += step)
        {
            sum += values[i];
        }

        return sum;
    }

    private void Arrange(Frame frame)
    {
        (_pixelBytes, _lumaStep) = frame.Format switch
        {
            PixelFormat.Yuyv => (2, 2), // every second byte is luma
            PixelFormat.Rgb24 => (3, 1), // all three count alike
            PixelFormat.Nv12 or PixelFormat.I420 => (1, 1),
            _ => throw new ArgumentException($"A {frame.Format} frame must be decoded first.", nameof(frame)),
        };
        var (left, width) = PictureGeometry.SeenColumns(frame.Width, frame.Height);
        for (var column = 0; column <= Columns; column++)
        {
            _columnStart[column] = Math.Min(column * width / Columns, column == Columns ? width : width - 1) * _pixelBytes;
        }

        _firstByte = left * _pixelBytes;
        _rowSum = new ushort[width * _pixelBytes];
        _layout = LayoutOf(frame);
    }

    private static (PixelFormat, int, int, int) LayoutOf(Frame frame) => (frame.Format, frame.Width, frame.Height, frame.StrideBytes);
}
