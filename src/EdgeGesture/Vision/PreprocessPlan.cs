using EdgeGesture.Cameras;

namespace EdgeGesture.Vision;

/// <summary>How frames of one layout are resampled: the planes, what part of each row is read, and all weights.</summary>
internal sealed class PreprocessPlan
{
    private readonly (PixelFormat Format, int Width, int Height, int StrideBytes) _layout;
    private readonly Plane[] _planes;
    private readonly Component[] _components;
    private readonly int _size;

    private PreprocessPlan(Frame frame, int size, Plane[] planes, Component[] components)
    {
        _layout = LayoutOf(frame);
        _size = size;
        _planes = planes;
        _components = components;
        LengthBytes = planes.Max(plane => plane.EndByte);
    }

    /// <summary>The bytes that a frame of this layout must have.</summary>
    public int LengthBytes { get; }

    public bool Fits(Frame frame) => _layout == LayoutOf(frame);

    public static PreprocessPlan Create(Frame frame, int size, bool mirror)
    {
        var (width, height, stride) = (frame.Width, frame.Height, frame.StrideBytes);
        var (left, seen) = PictureGeometry.SeenColumns(width, height);
        ResampleTaps Columns(int subsampling)
        {
            var taps = ResampleTaps.Create((double)left / subsampling, (double)seen / subsampling, DivideUp(width, subsampling), size);
            return mirror ? taps.Mirrored() : taps;
        }

        ResampleTaps Rows(int subsampling) => ResampleTaps.Create(0, (double)height / subsampling, DivideUp(height, subsampling), size);

        var halfHeight = DivideUp(height, 2);
        var chroma = stride * height; // where 4:2:0's second plane starts
        var halfStride = DivideUp(stride, 2);
        Component Part(int plane, int offset, int step, int subsampling) => new(plane, offset, step, Columns(subsampling));
        var (planes, components) = frame.Format switch
        {
            PixelFormat.Yuyv => (
                new[] { new Plane(0, stride, height, Rows(1)) },
                new[] { Part(0, 0, 2, 1), Part(0, 1, 4, 2), Part(0, 3, 4, 2) }),
            PixelFormat.Rgb24 => (
                [new Plane(0, stride, height, Rows(1))],
                [Part(0, 0, 3, 1), Part(0, 1, 3, 1), Part(0, 2, 3, 1)]),
            PixelFormat.Nv12 => (
                [new Plane(0, stride, height, Rows(1)), new Plane(chroma, stride, halfHeight, Rows(2))],
                [Part(0, 0, 1, 1), Part(1, 0, 2, 2), Part(1, 1, 2, 2)]),
            PixelFormat.I420 => (
                [
                    new Plane(0, stride, height, Rows(1)),
                    new Plane(chroma, halfStride, halfHeight, Rows(2)),
                    new Plane(chroma + halfStride * halfHeight, halfStride, halfHeight, Rows(2)),
                ],
                [Part(0, 0, 1, 1), Part(1, 0, 1, 2), Part(2, 0, 1, 2)]),
            _ => throw new ArgumentException($"A {frame.Format} frame must be decoded first.", nameof(frame)),
        };

        for (var i = 0; i < planes.Length; i++)
        {
            planes[i].Read([.. components.Where(component => component.Plane == i)]);
        }

        return new PreprocessPlan(frame, size, planes, components);
    }

    /// <summary>One output row of each component, on a scale of 0–255: three rows of the output's width.</summary>
    public void ResampleRow(ReadOnlySpan<byte> data, int row, Span<float> output)
    {
        foreach (var plane in _planes)
        {
            plane.Accumulate(data, row);
        }

        for (var i = 0; i < _components.Length; i++)
        {
            _components[i].Resample(_planes[_components[i].Plane], output.Slice(i * _size, _size));
        }
    }

    private static (PixelFormat, int, int, int) LayoutOf(Frame frame) => (frame.Format, frame.Width, frame.Height, frame.StrideBytes);

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    /// <summary>One plane of the frame, and the sum of its rows for the output row at hand.</summary>
    private sealed class Plane(int start, int strideBytes, int rows, ResampleTaps taps)
    {
        private readonly ushort[] _weights = taps.FixedPointWeights();
        private ushort[] _sum = [];
        private int _endColumnByte;

        /// <summary>The first byte of each row that is read.</summary>
        public int FirstByte { get; private set; }

        /// <summary>One past the last byte of the frame that is read.</summary>
        public int EndByte => start + strideBytes * (rows - 1) + _endColumnByte;

        public ReadOnlySpan<ushort> Sum => _sum;

        /// <summary>Limits the bytes read of each row to what these components need.</summary>
        public void Read(Component[] components)
        {
            FirstByte = components.Min(component => component.FirstByte);
            _endColumnByte = components.Max(component => component.EndByte);
            _sum = new ushort[_endColumnByte - FirstByte];
        }

        public void Accumulate(ReadOnlySpan<byte> data, int row)
        {
            Array.Clear(_sum);
            var source = start + strideBytes * taps.First[row] + FirstByte;
            for (var i = taps.Start[row]; i < taps.Start[row + 1]; i++, source += strideBytes)
            {
                RowAccumulator.MultiplyAdd(data.Slice(source, _sum.Length), _weights[i], _sum);
            }
        }
    }

    /// <summary>One colour component: where its samples lie in a plane's rows, and their weights.</summary>
    private sealed class Component(int plane, int offset, int step, ResampleTaps taps)
    {
        // The rows' sums are in 1/256.
        private readonly float[] _weights = [.. taps.Weights.Select(weight => weight / 256)];

        public int Plane => plane;

        public int FirstByte { get; } = offset + step * taps.First.Min();

        public int EndByte { get; } = offset + step * (taps.SourceEnd - 1) + 1;

        public void Resample(Plane source, Span<float> output)
        {
            var sum = source.Sum;
            var shift = offset - source.FirstByte;
            var (first, start) = (taps.First, taps.Start);
            for (var o = 0; o < output.Length; o++)
            {
                var total = 0f;
                var at = shift + step * first[o];
                for (var i = start[o]; i < start[o + 1]; i++, at += step)
                {
                    total += sum[at] * _weights[i];
                }

                output[o] = total;
            }
        }
    }
}
