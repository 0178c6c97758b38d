namespace EdgeGesture.Vision;

/// <summary>
/// Along one axis: which source samples make each output sample, and with what weight. Shrinking averages the area that
/// an output sample covers; enlarging interpolates linearly.
/// </summary>
internal sealed class ResampleTaps
{
    private ResampleTaps(int[] first, int[] start, float[] weights)
    {
        First = first;
        Start = start;
        Weights = weights;
    }

    /// <summary>For each output sample, the first source sample.</summary>
    public int[] First { get; }

    /// <summary>For each output sample, where its weights start in <see cref="Weights"/>; one more entry ends the last.</summary>
    public int[] Start { get; }

    /// <summary>The weights, which add up to 1 for each output sample.</summary>
    public float[] Weights { get; }

    /// <summary>One past the last source sample in use.</summary>
    public int SourceEnd => Enumerable.Range(0, First.Length).Max(i => First[i] + Start[i + 1] - Start[i]);

    /// <summary>Maps the part [start, start + length) of an axis with <paramref name="count"/> samples to <paramref name="outputs"/> samples.</summary>
    public static ResampleTaps Create(double start, double length, int count, int outputs)
    {
        var scale = length / outputs;
        var first = new int[outputs];
        var starts = new int[outputs + 1];
        var weights = new List<float>();
        for (var o = 0; o < outputs; o++)
        {
            starts[o] = weights.Count;
            if (scale > 1)
            {
                AddArea(start + o * scale, start + (o + 1) * scale, count, out first[o], weights);
            }
            else
            {
                AddLinear(start + (o + 0.5) * scale - 0.5, count, out first[o], weights);
            }
        }

        starts[outputs] = weights.Count;
        return new ResampleTaps(first, starts, [.. weights]);
    }

    /// <summary>The same taps for the axis seen in a mirror: the last output sample first.</summary>
    public ResampleTaps Mirrored()
    {
        var outputs = First.Length;
        var starts = new int[outputs + 1];
        var weights = new List<float>(Weights.Length);
        for (var o = 0; o < outputs; o++)
        {
            var from = outputs - 1 - o;
            weights.AddRange(Weights.AsSpan(Start[from], Start[from + 1] - Start[from]));
            starts[o + 1] = weights.Count;
        }

        return new ResampleTaps([.. First.Reverse()], starts, [.. weights]);
    }

    /// <summary>The weights in 1/256, each output sample's adding up to exactly 256.</summary>
    public ushort[] FixedPointWeights()
    {
        var result = new ushort[Weights.Length];
        for (var o = 0; o < First.Length; o++)
        {
            var (sum, largest) = (0, Start[o]);
            for (var i = Start[o]; i < Start[o + 1]; i++)
            {
                result[i] = (ushort)Math.Round(Weights[i] * 256);
                sum += result[i];
                largest = Weights[i] > Weights[largest] ? i : largest;
            }

            result[largest] = (ushort)(result[largest] + 256 - sum);
        }

        return result;
    }

    private static void AddArea(double from, double to, int count, out int first, List<float> weights)
    {
        const double Sliver = 1e-6; // what rounding leaves of a sample that is not covered
        first = Math.Min((int)(from + Sliver), count - 1);
        var last = Math.Clamp((int)Math.Ceiling(to - Sliver) - 1, first, count - 1);
        var covered = Math.Min(to, last + 1) - Math.Max(from, first);
        for (var i = first; i <= last; i++)
        {
            weights.Add((float)((Math.Min(to, i + 1) - Math.Max(from, i)) / covered));
        }
    }

    private static void AddLinear(double centre, int count, out int first, List<float> weights)
    {
        var position = Math.Clamp(centre, 0, count - 1);
        first = Math.Min((int)position, Math.Max(count - 2, 0));
        var fraction = (float)(position - first);
        weights.Add(1 - fraction);
        if (count > 1)
        {
            weights.Add(fraction);
        }
    }
}
