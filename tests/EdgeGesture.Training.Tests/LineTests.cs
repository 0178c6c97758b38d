using EdgeGesture.Training.Fitting;

namespace EdgeGesture.Training.Tests;

public class LineTests
{
    [Fact]
    public void It_goes_through_the_middle_of_the_points()
    {
        // One as far above as below 0.25·truth + 1 at each truth.
        var points = Enumerable.Range(-20, 41).SelectMany(i => new[] { (i / 10f, i / 40f + 1.1f), (i / 10f, i / 40f + 0.9f) }).ToList();
        var line = Line.Through(points);
        Assert.Equal(0.25, line.Slope, 1e-6);
        Assert.Equal(1, line.Offset, 1e-6);
    }

    [Fact]
    public void Of_a_number_that_is_always_the_same_nobody_knows_how_it_would_be_seen_otherwise()
    {
        var line = Line.Through([.. Enumerable.Range(0, 1000).Select(i => (0.3f, 0.5f + i % 7 * 0.01f))]);
        Assert.Equal(1, line.Slope);
        Assert.InRange(line.At(0.3f), 0.52f, 0.54f);
    }

    [Fact]
    public void Of_what_was_never_seen_all_is_imagined() => Assert.Equal(0.7f, Line.Through([]).At(0.7f));
}
