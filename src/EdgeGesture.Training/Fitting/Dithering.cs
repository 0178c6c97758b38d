using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Pictures in a few dozen colours, with the grain that hides it, as animated GIFs and poor cameras have them: what was
/// learnt from smooth pictures must not fail on those.
/// </summary>
public static class Dithering
{
    private const float Share = 0.25f;
    private const int Side = 64; // of the pattern, which repeats

    /// <summary>Changes a quarter of all calls' <paramref name="pictures"/>, S×S×3 bytes each, all with one pattern.</summary>
    public static void MayApply(Span<byte> pictures, int size, Dice dice)
    {
        if (!dice.Chance(Share))
            return;
        var step = 255f / (6 + dice.Below(11));
        var grain = dice.Between(1, 2); // pixels
        var pattern = new float[Side * Side];
        foreach (ref var threshold in pattern.AsSpan())
            threshold = dice.Between(0, 1);
        for (var i = 0; i < pictures.Length; i++)
        {
            var (x, y) = (i / 3 % size, i / 3 / size % size);
            var threshold = pattern[(int)(y / grain) % Side * Side + (int)(x / grain) % Side];
            pictures[i] = (byte)Math.Clamp((int)(pictures[i] / step + threshold) * step, 0, 255);
        }
    }
}
