namespace EdgeGesture.Training.Quantising;

/// <summary>How 8 bits stand for real numbers: value = <paramref name="Scale"/> · (q − <paramref name="ZeroPoint"/>).</summary>
/// <param name="Scale">The step between neighbouring values, above 0.</param>
/// <param name="ZeroPoint">The q of the value 0: 0 to 255, or −128 to 127 where q has a sign.</param>
public readonly record struct TensorScale(float Scale, int ZeroPoint)
{
    /// <summary>The step of a tensor that is 0 throughout: some number above 0.</summary>
    public const float Smallest = 1e-30f;
}
