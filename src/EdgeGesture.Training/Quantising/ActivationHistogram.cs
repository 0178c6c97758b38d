using System.Numerics.Tensors;

namespace EdgeGesture.Training.Quantising;

/// <summary>How often one tensor took each value, over all calibration frames, and each channel's mean.</summary>
public sealed class ActivationHistogram
{
    private const int Bins = 2048;
    private const int Steps = 255;

    // Bin i counts the values around (i − Bins/2 + 0.5) · _width.
    private readonly long[] _counts = new long[Bins];
    private float _width = 1f / 1024;
    private double[] _sums = []; // over frames, of each channel's mean
    private int _frames;

    public float Min { get; private set; }

    public float Max { get; private set; }

    /// <summary>The mean of each channel; empty before the first frame.</summary>
    public float[] Means => [.. _sums.Select(sum => (float)(sum / _frames))];

    /// <param name="values">One frame's, channel by channel.</param>
    /// <param name="channels">How many channels they are.</param>
    public void Add(ReadOnlySpan<float> values, int channels)
    {
        if (_frames == 0)
            _sums = new double[channels];
        _frames++;
        var each = values.Length / channels;
        for (var c = 0; c < channels; c++)
            _sums[c] += TensorPrimitives.Sum(values.Slice(c * each, each)) / each;
        var min = TensorPrimitives.Min(values);
        var max = TensorPrimitives.Max(values);
        Min = MathF.Min(Min, min);
        Max = MathF.Max(Max, max);
        while (MathF.Max(max, -min) >= _width * (Bins / 2))
            Widen();
        var perWidth = 1 / _width;
        foreach (var value in values)
            _counts[Math.Clamp((int)MathF.Floor(value * perWidth) + Bins / 2, 0, Bins - 1)]++;
    }

    /// <summary>
    /// The part of the range from <paramref name="floor"/> to <paramref name="ceiling"/> that loses least, by mean squared
    /// error, when cut into 255 steps: rare values far out are better clipped than paid for with coarser steps.
    /// </summary>
    /// <param name="floor">Values below it will be cut off.</param>
    /// <param name="ceiling">Values above it will be cut off.</param>
    /// <param name="symmetric">Whether the two ends must be equally far from 0.</param>
    public (float Min, float Max) BestRange(float floor, float ceiling, bool symmetric)
    {
        var (low, high) = (MathF.Max(Min, floor), MathF.Min(Max, ceiling));
        if (symmetric)
        {
            var both = MathF.Max(-low, high);
            both = BestPart(part => SquaredError(-both * part, both * part)) * both;
            return (-both, both);
        }

        high *= BestPart(part => SquaredError(low, high * part));
        low *= BestPart(part => SquaredError(low * part, high));
        return (low, high);
    }

    private static float BestPart(Func<float, double> error) =>
        Enumerable.Range(0, 41).Select(i => 1 - i * 0.02f).MinBy(error);

    private double SquaredError(float min, float max)
    {
        var step = (max - min) / Steps;
        var rounding = step * step / 12;
        var sum = 0.0;
        for (var i = 0; i < Bins; i++)
        {
            var value = (i - Bins / 2 + 0.5f) * _width;
            var over = value > max ? value - max : value < min ? min - value : 0;
            sum += _counts[i] * (double)(over > 0 ? over * over : rounding);
        }

        return sum;
    }

    private void Widen()
    {
        var narrow = _counts.ToArray();
        Array.Clear(_counts);
        for (var i = 0; i < Bins; i++)
            _counts[(i + Bins / 2) / 2] += narrow[i];
        _width *= 2;
    }
}
