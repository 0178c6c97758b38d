using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeGesture.Vision;

/// <summary>
/// The median of a few values by their ranks: every value is compared with every other, which without a branch is
/// quicker than sorting up to some hundred.
/// </summary>
internal static class RankMedian
{
    /// <summary>The median, the mean of the middle two where their number is even.</summary>
    /// <param name="values">At least one value, none of them NaN.</param>
    public static float Of(ReadOnlySpan<float> values)
    {
        var (low, high) = (0f, 0f);
        foreach (var value in values)
        {
            var (below, equal) = Rank(values, value);
            low = Holds(below, equal, (values.Length - 1) / 2) ? value : low;
            high = Holds(below, equal, values.Length / 2) ? value : high;
        }

        return (low + high) / 2;
    }

    /// <summary>How many values lie below one, and how many equal it.</summary>
    public static (int Below, int Equal) Rank(ReadOnlySpan<float> values, float value)
    {
        if (!Vector128.IsHardwareAccelerated)
        {
            return RankScalar(values, value);
        }

        // A comparison that holds is −1 in every lane.
        ref var first = ref MemoryMarshal.GetReference(values);
        var (below, equal) = (Vector128<int>.Zero, Vector128<int>.Zero);
        var wanted = Vector128.Create(value);
        var i = 0;
        for (; i + Vector128<float>.Count <= values.Length; i += Vector128<float>.Count)
        {
            var others = Vector128.LoadUnsafe(ref first, (nuint)i);
            below -= Vector128.LessThan(others, wanted).AsInt32();
            equal -= Vector128.Equals(others, wanted).AsInt32();
        }

        var (restBelow, restEqual) = RankScalar(values[i..], value);
        return (Vector128.Sum(below) + restBelow, Vector128.Sum(equal) + restEqual);
    }

    /// <summary>The scalar twin of <see cref="Rank"/>, which also does its remainder.</summary>
    public static (int Below, int Equal) RankScalar(ReadOnlySpan<float> values, float value)
    {
        var (below, equal) = (0, 0);
        foreach (var other in values)
        {
            below += other < value ? 1 : 0;
            equal += other == value ? 1 : 0;
        }

        return (below, equal);
    }

    private static bool Holds(int below, int equal, int index) => below <= index && index < below + equal;
}
