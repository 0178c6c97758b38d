using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeGesture.Vision;

/// <summary>The vertical half of the resampling: weighted rows of bytes added up, in 1/256.</summary>
internal static class RowAccumulator
{
    /// <summary>
    /// sum[i] += row[i] · weight. With weights in 1/256 that add up to 256, the sum fits 16 bits (255 · 256).
    /// </summary>
    public static void MultiplyAdd(ReadOnlySpan<byte> row, ushort weight, Span<ushort> sum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sum.Length, row.Length, nameof(sum));
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(sum);
        nuint i = 0;
        var length = (nuint)row.Length;
        if (Vector256.IsHardwareAccelerated)
        {
            var factor = Vector256.Create(weight);
            for (; i + (nuint)Vector256<byte>.Count <= length; i += (nuint)Vector256<byte>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, i));
                var half = i + (nuint)Vector256<ushort>.Count;
                (Vector256.LoadUnsafe(ref target, i) + low * factor).StoreUnsafe(ref target, i);
                (Vector256.LoadUnsafe(ref target, half) + high * factor).StoreUnsafe(ref target, half);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            var factor = Vector128.Create(weight);
            for (; i + (nuint)Vector128<byte>.Count <= length; i += (nuint)Vector128<byte>.Count)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, i));
                var half = i + (nuint)Vector128<ushort>.Count;
                (Vector128.LoadUnsafe(ref target, i) + low * factor).StoreUnsafe(ref target, i);
                (Vector128.LoadUnsafe(ref target, half) + high * factor).StoreUnsafe(ref target, half);
            }
        }

        MultiplyAddScalar(row[(int)i..], weight, sum[(int)i..]);
    }

    /// <summary>The scalar twin of <see cref="MultiplyAdd"/>, which also does its remainder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddScalar(ReadOnlySpan<byte> row, ushort weight, Span<ushort> sum)
    {
        for (var i = 0; i < row.Length; i++)
        {
            sum[i] += (ushort)(row[i] * weight);
        }
    }
}
