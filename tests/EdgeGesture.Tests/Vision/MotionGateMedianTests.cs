using CsCheck;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public class MotionGateMedianTests
{
    [Fact]
    public void Equals_the_middle_of_the_sorted_values() =>
        Gen.Float[-2, 2].Select(value => MathF.Round(value, 1)).Array[1, 110].Sample(values =>
        {
            var sorted = values.Order().ToArray();
            return RankMedian.Of(values) == (sorted[(values.Length - 1) / 2] + sorted[values.Length / 2]) / 2;
        });

    [Fact]
    public void Of_a_grid_they_are_those_of_each_row() =>
        Gen.Float[-2, 2].Select(value => MathF.Round(value, 1)).Array[LumaGrid.Cells].Sample(cells =>
        {
            var medians = new float[LumaGrid.Rows];
            RowMedians.Of(cells, medians);
            for (var row = 0; row < LumaGrid.Rows; row++)
            {
                Assert.Equal(RankMedian.Of([.. Enumerable.Range(0, LumaGrid.Columns).Select(column => cells[column * LumaGrid.Rows + row])]), medians[row]);
            }
        }, iter: 20);

    [Fact]
    public void Ranks_equal_those_of_the_scalar_twin_over_every_remainder() =>
        Gen.Select(Gen.Int[0, 9].Select(value => (float)value).Array[0, 40], Gen.Int[0, 9]).Sample((values, value) =>
            RankMedian.Rank(values, value) == RankMedian.RankScalar(values, value));
}
