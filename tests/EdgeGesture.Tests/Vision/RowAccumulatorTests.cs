using CsCheck;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public class RowAccumulatorTests
{
    [Fact]
    public void The_vectors_equal_their_scalar_twin_over_every_remainder()
    {
        // 0–130 bytes: every remainder of the 32-byte and 16-byte loops, several times over.
        var cases = Gen.Select(Gen.Byte.Array[0, 130], Gen.UShort[0, 256]);
        cases.Sample((row, weight) =>
        {
            var vector = Enumerable.Range(0, row.Length).Select(i => (ushort)i).ToArray();
            var scalar = vector.ToArray();
            RowAccumulator.MultiplyAdd(row, weight, vector);
            RowAccumulator.MultiplyAddScalar(row, weight, scalar);
            Assert.Equal(scalar, vector);
        });
    }

    [Fact]
    public void A_sum_that_is_too_short_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RowAccumulator.MultiplyAdd(new byte[4], 1, new ushort[3]));
}
