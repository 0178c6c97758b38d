using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeGesture.Vision;

/// <summary>
/// Rows of Y, U and V (or of R, G and B), 0–255, to normalised R, G and B: (v/255 − mean) / std. The matrix is
/// ITU-R BT.601's, in its video range (luma 16–235) or its full range as in JPEG (JFIF 1.02, page 3).
/// </summary>
internal sealed class ColourConversion
{
    private readonly float[] _scale = new float[3];
    private readonly float[] _bias = new float[3];

    public ColourConversion(IReadOnlyList<float> mean, IReadOnlyList<float> std)
    {
        for (var i = 0; i < 3; i++)
        {
            _scale[i] = 1 / (255 * std[i]);
            _bias[i] = -mean[i] / std[i];
        }
    }

    /// <param name="components">Three rows, one after the other.</param>
    /// <param name="isRgb">Whether they are red, green and blue already.</param>
    /// <param name="fullRange">Whether luma and chroma use all of 0–255.</param>
    /// <param name="red">One row of output.</param>
    /// <param name="green">One row of output.</param>
    /// <param name="blue">One row of output.</param>
    public void Convert(ReadOnlySpan<float> components, bool isRgb, bool fullRange, Span<float> red, Span<float> green, Span<float> blue)
    {
        var width = red.Length;
        var first = components[..width];
        var second = components.Slice(width, width);
        var third = components.Slice(2 * width, width);
        var matrix = isRgb ? ColourMatrix.Identity : fullRange ? ColourMatrix.FullRange : ColourMatrix.VideoRange;

        var x = 0;
        for (; x + Vector<float>.Count <= width; x += Vector<float>.Count)
        {
            var (a, b, c) = (Load(first, x), Load(second, x), Load(third, x));
            Store(matrix.Red(a, b, c) * _scale[0] + new Vector<float>(_bias[0]), red, x);
            Store(matrix.Green(a, b, c) * _scale[1] + new Vector<float>(_bias[1]), green, x);
            Store(matrix.Blue(a, b, c) * _scale[2] + new Vector<float>(_bias[2]), blue, x);
        }

        for (; x < width; x++)
        {
            var (r, g, b) = matrix.Apply(first[x], second[x], third[x]);
            red[x] = r * _scale[0] + _bias[0];
            green[x] = g * _scale[1] + _bias[1];
            blue[x] = b * _scale[2] + _bias[2];
        }
    }

    private static Vector<float> Load(ReadOnlySpan<float> row, int at) => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)at);

    private static void Store(Vector<float> value, Span<float> row, int at) => value.StoreUnsafe(ref MemoryMarshal.GetReference(row), (nuint)at);
}
