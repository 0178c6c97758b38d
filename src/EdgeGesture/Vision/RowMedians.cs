using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeGesture.Vision;

/// <summary>
/// The median of each row of a <see cref="LumaGrid"/>: a sorting network (Batcher's merge exchange; Knuth, The Art of
/// Computer Programming, volume 3, 5.2.2, algorithm M) that sorts four rows at a time without a branch.
/// </summary>
internal static class RowMedians
{
    private static readonly (byte Low, byte High)[] Network = [.. MergeExchange(LumaGrid.Columns)];

    /// <summary>Works out the medians: the mean of a row's middle two values.</summary>
    /// <param name="cells">Column by column.</param>
    /// <param name="medians">One for each row.</param>
    public static void Of(ReadOnlySpan<float> cells, Span<float> medians)
    {
        Span<Vector128<float>> sorted = stackalloc Vector128<float>[LumaGrid.Columns];
        for (var row = 0; row < LumaGrid.Rows; row += Vector128<float>.Count)
        {
            for (var column = 0; column < sorted.Length; column++)
            {
                sorted[column] = Vector128.Create(cells[(column * LumaGrid.Rows + row)..]);
            }

            ref var first = ref MemoryMarshal.GetReference(sorted);
            foreach (var (low, high) in Network)
            {
                ref var one = ref Unsafe.Add(ref first, low);
                ref var other = ref Unsafe.Add(ref first, high);
                (one, other) = (Vector128.MinNative(one, other), Vector128.MaxNative(one, other));
            }

            ((sorted[(LumaGrid.Columns - 1) / 2] + sorted[LumaGrid.Columns / 2]) / 2).CopyTo(medians[row..]);
        }
    }

    // Pairs to put in order, one after the other, to sort so many values.
    private static IEnumerable<(byte Low, byte High)> MergeExchange(int count)
    {
        var top = (int)BitOperations.RoundUpToPowerOf2((uint)count) / 2;
        for (var p = top; p > 0; p /= 2)
        {
            var (q, r, d) = (top, 0, p);
            while (true)
            {
                for (var i = 0; i < count - d; i++)
                {
                    if ((i & p) == r)
                    {
                        yield return ((byte)i, (byte)(i + d));
                    }
                }

                if (q == p)
                {
                    break;
                }

                (d, q, r) = (q - p, q / 2, p);
            }
        }
    }
}
