namespace EdgeGesture.Training.Fitting;

/// <summary>A learning rate that rises over the first steps and then falls along half a cosine (arXiv 1608.03983) to a fiftieth.</summary>
public static class CosineRate
{
    /// <param name="highest">The highest rate.</param>
    /// <param name="step">Steps made so far, from 0.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="warmUpSteps">Steps until the rate is no longer held down.</param>
    public static double At(double highest, int step, int steps, int warmUpSteps) =>
        highest * Math.Min(1, (step + 1.0) / warmUpSteps) * (0.02 + 0.98 * (1 + Math.Cos(Math.PI * step / steps)) / 2);
}
