using CsCheck;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public class PaceTests
{
    [Theory]
    [InlineData(30, 10, 100)]
    [InlineData(25, 10, 100)]
    [InlineData(22.4, 10, 100)]
    [InlineData(15, 10, 100)]
    [InlineData(10, 10, 100)]
    [InlineData(30, 7.5, 75)]
    [InlineData(30, 5, 50)]
    [InlineData(30, 10 / 3.0, 33)]
    [InlineData(10, 7.5, 75)]
    [InlineData(10, 10 / 3.0, 33)]
    [InlineData(8, 10, 80)] // a slower camera: every frame
    public void The_mean_rate_is_the_cadence(double cameraFps, double cadenceFps, int expectedInTenSeconds)
    {
        var pace = new Pace(cadenceFps);
        var due = Enumerable.Range(0, (int)(10 * cameraFps)).Count(i => pace.IsDue(TimeSpan.FromSeconds(i / cameraFps)));
        Assert.InRange(due, expectedInTenSeconds - 1, expectedInTenSeconds + 1);
    }

    [Fact]
    public void Jitter_of_a_camera_at_the_cadence_drops_nothing() =>
        Gen.Double[-0.02, 0.02].Array[50].Sample(jitter =>
        {
            var pace = new Pace(10);
            return jitter.Select((error, i) => pace.IsDue(TimeSpan.FromSeconds(1 + i / 10.0 + error))).All(due => due);
        });

    [Fact]
    public void After_a_gap_frames_are_not_made_up_for()
    {
        var pace = new Pace(10);
        Assert.True(pace.IsDue(TimeSpan.Zero));
        Assert.True(pace.IsDue(TimeSpan.FromSeconds(5)));
        Assert.False(pace.IsDue(TimeSpan.FromSeconds(5.04)));
    }

    [Fact]
    public void A_quicker_cadence_takes_hold_at_once()
    {
        var pace = new Pace(1);
        Assert.True(pace.IsDue(TimeSpan.Zero));
        pace.CadenceFps = 10;
        var due = Enumerable.Range(1, 10).Count(i => pace.IsDue(TimeSpan.FromSeconds(i / 10.0)));
        Assert.InRange(due, 8, 10);
    }
}
