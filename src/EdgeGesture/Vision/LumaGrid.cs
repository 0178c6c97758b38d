using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    private readonly int[] _start = new int[Columns]; // of a column of cells, in pairs of bytes from the first seen
    private readonly int[] _end = new int[Columns];
    private ushort[] _sums = []; // of each pair of bytes, over the sampled rows of a cell
    private (PixelFormat, int, int, int) _layout;
    private int _firstByte;
    private ushort _secondByte; // of a pair: 255 where it counts, too, else 0

    /// <summary>Measures a frame.</summary>
    /// <param name="frame">A picture in any format but <see cref="PixelFormat.Mjpeg"/>.</param>
    /// <param name="cells">Column by column, brightness above black on a scale of 255 levels. Of RGB the mean of the three.</param>
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
            var sampled = SumRows(frame, top, height);
            for (var column = 0; column < Columns; column++)
            {
                var (start, end) = (_start[column], _end[column]);
                var count = (end - start) * (_secondByte == 0 ? 1 : 2) * sampled;
                cells[column * Rows + row] = Math.Max((float)Sum(_sums.AsSpan(start, end - start)) / count - black, 0);
            }
        }
    }

    // Adds up, pair of bytes by pair of bytes, a few rows that are spread evenly over a cell's height; says how many.
    private int SumRows(Frame frame, int top, int height)
    {
        var sampled = Math.Min(height, SampledRows);
        Span<int> rows = stackalloc int[SampledRows];
        for (var i = 0; i < sampled; i++)
        {
            rows[i] = (top + (2 * i + 1) * height / (2 * sampled)) * frame.StrideBytes + _firstByte;
        }

        AddPairs(frame.Data, rows[..sampled], _secondByte, _sums);
        return sampled;
    }

    /// <summary>
    /// Sums over a few rows: sums[i] becomes, of each row, the first byte of the i-th pair of bytes, and the second where
    /// its mask is set.
    /// </summary>
    /// <param name="data">A picture.</param>
    /// <param name="rows">Where in it the rows begin; at most 128, so that 16 bits suffice.</param>
    /// <param name="secondByte">0 or 255.</param>
    /// <param name="sums">As many as a row has pairs.</param>
    internal static void AddPairs(ReadOnlySpan<byte> data, ReadOnlySpan<int> rows, ushort secondByte, Span<ushort> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Length, TensorPrimitives.Max(rows) + 2 * sums.Length, nameof(data));
        ref var source = ref MemoryMarshal.GetReference(data);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + Vector256<ushort>.Count <= sums.Length; i += Vector256<ushort>.Count)
            {
                var sum = Vector256<ushort>.Zero;
                foreach (var row in rows)
                {
                    var pairs = Vector256.LoadUnsafe(ref source, (nuint)(row + 2 * i)).AsUInt16();
                    sum += (pairs & Vector256.Create((ushort)0xFF)) + ((pairs >>> 8) & Vector256.Create(secondByte));
                }

                sum.CopyTo(sums[i..]);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + Vector128<ushort>.Count <= sums.Length; i += Vector128<ushort>.Count)
            {
                var sum = Vector128<ushort>.Zero;
                foreach (var row in rows)
                {
                    var pairs = Vector128.LoadUnsafe(ref source, (nuint)(row + 2 * i)).AsUInt16();
                    sum += (pairs & Vector128.Create((ushort)0xFF)) + ((pairs >>> 8) & Vector128.Create(secondByte));
                }

                sum.CopyTo(sums[i..]);
            }
        }

        for (; i < sums.Length; i++)
        {
            var sum = 0;
            foreach (var row in rows)
            {
                sum += data[row + 2 * i] + (data[row + 2 * i + 1] & secondByte);
            }

            sums[i] = (ushort)sum;
        }
    }

    private static int Sum(ReadOnlySpan<ushort> values)
    {
        var (sum, i) = (0, 0);
        if (Vector128.IsHardwareAccelerated)
        {
            var sums = Vector128<uint>.Zero;
            for (; i + Vector128<ushort>.Count <= values.Length; i += Vector128<ushort>.Count)
            {
                var (low, high) = Vector128.Widen(Vector128.Create(values[i..]));
                sums += low + high;
            }

            sum = (int)Vector128.Sum(sums);
        }

        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    // Cells begin and end between pairs of bytes, each of which is one pixel of YUYV, two of a luma plane; three pairs are
    // two pixels of RGB.
    private void Arrange(Frame frame)
    {
        var (pixels, pairs, pixelBytes, secondByte) = frame.Format switch
        {
            PixelFormat.Yuyv => (1, 1, 2, 0),
            PixelFormat.Rgb24 => (2, 3, 3, 0xFF), // all three count alike
            PixelFormat.Nv12 or PixelFormat.I420 => (2, 1, 1, 0xFF),
            _ => throw new ArgumentException($"A {frame.Format} frame must be decoded first.", nameof(frame)),
        };
        var (left, width) = PictureGeometry.SeenColumns(frame.Width, frame.Height);
        var units = width / pixels;
        ArgumentOutOfRangeException.ThrowIfZero(units, nameof(frame));
        for (var column = 0; column < Columns; column++)
        {
            var start = Math.Min(column * units / Columns, units - 1);
            _start[column] = start * pairs;
            _end[column] = Math.Max((column + 1) * units / Columns, start + 1) * pairs;
        }

        _firstByte = left * pixelBytes;
        _secondByte = (ushort)secondByte;
        _sums = new ushort[units * pairs];
        _layout = LayoutOf(frame);
    }

    private static (PixelFormat, int, int, int) LayoutOf(Frame frame) => (frame.Format, frame.Width, frame.Height, frame.StrideBytes);
}
