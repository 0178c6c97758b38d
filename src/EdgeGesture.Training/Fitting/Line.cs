namespace EdgeGesture.Training.Fitting;

/// <summary>What is seen of a number, by what it is in truth.</summary>
public readonly record struct Line(double Slope, double Offset)
{
    // Below it there is but rounding: a number that is always the same says nothing of how it would be seen otherwise.
    private const double LeastVariance = 1e-9;

    /// <summary>The line of least squares; of slope 1 where the truth does not differ, and through 0 where nothing is known.</summary>
    public static Line Through(IReadOnlyCollection<(float Truth, float Seen)> points)
    {
        if (points.Count == 0)
            return new Line(1, 0);
        var (truth, seen) = (points.Average(point => (double)point.Truth), points.Average(point => (double)point.Seen));
        var variance = points.Average(point => (point.Truth - truth) * (point.Truth - truth));
        var slope = variance < LeastVariance ? 1 : points.Average(point => (point.Truth - truth) * (point.Seen - seen)) / variance;
        return new Line(slope, seen - slope * truth);
    }

    public float At(float truth) => (float)(Slope * truth + Offset);
}
