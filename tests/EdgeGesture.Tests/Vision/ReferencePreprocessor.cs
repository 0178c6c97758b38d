using EdgeGesture.Cameras;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

/// <summary>
/// The scalar twin of <see cref="Preprocessor"/>, written from its description alone: every output pixel by itself, in
/// double precision, from the frame's pixels one at a time.
/// </summary>
internal static class ReferencePreprocessor
{
    public static float[] Run(Frame frame, int size, double mean, double std, bool mirror)
    {
        var output = new float[3 * size * size];
        var (left, seen) = PictureGeometry.SeenColumns(frame.Width, frame.Height);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var column = mirror ? size - 1 - x : x;
                double Sample(int component, int subX, int subY) => Resample(
                    (double)left / subX, (double)seen / subX, (frame.Width + subX - 1) / subX, column,
                    0, (double)frame.Height / subY, (frame.Height + subY - 1) / subY, y,
                    size, (sx, sy) => Component(frame, component, sx, sy));
                var (subX, subY) = frame.Format switch
                {
                    PixelFormat.Yuyv => (2, 1),
                    PixelFormat.Rgb24 => (1, 1),
                    _ => (2, 2),
                };
                var (a, b, c) = (Sample(0, 1, 1), Sample(1, subX, subY), Sample(2, subX, subY));
                var rgb = frame.Format == PixelFormat.Rgb24 ? [a, b, c] : ToRgb(a, b, c, frame.FullRange);
                for (var channel = 0; channel < 3; channel++)
                {
                    output[(channel * size + y) * size + x] = (float)((Math.Clamp(rgb[channel], 0, 255) / 255 - mean) / std);
                }
            }
        }

        return output;
    }

    private static double[] ToRgb(double y, double u, double v, bool fullRange)
    {
        var luma = fullRange ? y : (y - 16) * 255 / 219;
        var chroma = fullRange ? 1 : 255.0 / 224;
        var (cb, cr) = ((u - 128) * chroma, (v - 128) * chroma);
        return [luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb];
    }

    private static double Resample(
        double startX, double lengthX, int countX, int x, double startY, double lengthY, int countY, int y, int size, Func<int, int, double> pixel)
    {
        var total = 0.0;
        foreach (var (sy, wy) in Weights(startY, lengthY, countY, y, size))
        {
            foreach (var (sx, wx) in Weights(startX, lengthX, countX, x, size))
            {
                total += wx * wy * pixel(sx, sy);
            }
        }

        return total;
    }

    private static IEnumerable<(int Sample, double Weight)> Weights(double start, double length, int count, int output, int size)
    {
        var scale = length / size;
        if (scale <= 1)
        {
            var position = Math.Clamp(start + (output + 0.5) * scale - 0.5, 0, count - 1);
            var first = (int)Math.Floor(position);
            yield return (first, 1 - (position - first));
            if (position > first)
            {
                yield return (first + 1, position - first);
            }

            yield break;
        }

        var (from, to) = (start + output * scale, Math.Min(start + (output + 1) * scale, count));
        for (var i = 0; i < count; i++)
        {
            var overlap = Math.Min(to, i + 1) - Math.Max(from, i);
            if (overlap > 0)
            {
                yield return (i, overlap / (to - from));
            }
        }
    }

    private static double Component(Frame frame, int component, int x, int y)
    {
        var data = frame.Data;
        var stride = frame.StrideBytes;
        var chroma = stride * frame.Height;
        var halfStride = (stride + 1) / 2;
        var halfHeight = (frame.Height + 1) / 2;
        return (frame.Format, component) switch
        {
            (PixelFormat.Rgb24, _) => data[y * stride + 3 * x + component],
            (PixelFormat.Yuyv, 0) => data[y * stride + 2 * x],
            (PixelFormat.Yuyv, _) => data[y * stride + 4 * x + (component == 1 ? 1 : 3)],
            (_, 0) => data[y * stride + x],
            (PixelFormat.Nv12, _) => data[chroma + y * stride + 2 * x + component - 1],
            (PixelFormat.I420, _) => data[chroma + (component - 1) * halfStride * halfHeight + y * halfStride + x],
            _ => throw new ArgumentOutOfRangeException(nameof(frame)),
        };
    }
}
