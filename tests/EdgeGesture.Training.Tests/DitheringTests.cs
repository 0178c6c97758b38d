using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class DitheringTests
{
    private const int Size = 48;

    [Fact]
    public void A_quarter_of_the_pictures_come_in_few_colours_as_light_as_before()
    {
        var changed = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var picture = Ramp(frames: 1);
            Dithering.MayApply(picture, Size, new Dice(seed));
            if (picture.SequenceEqual(Ramp(frames: 1)))
                continue;
            changed++;
            Assert.InRange(picture.Distinct().Count(), 2, 18);
            Assert.Equal(Ramp(frames: 1).Average(value => value), picture.Average(value => value), 6.0);
        }

        Assert.InRange(changed, 70, 130);
    }

    [Fact]
    public void The_grain_stands_still_from_frame_to_frame()
    {
        var pictures = Enumerable.Range(0, 40).Select(seed =>
        {
            var two = Ramp(frames: 2);
            Dithering.MayApply(two, Size, new Dice(seed));
            return two;
        });
        Assert.All(pictures, two => Assert.Equal(two[..(two.Length / 2)], two[(two.Length / 2)..]));
    }

    // From black to white, left to right.
    private static byte[] Ramp(int frames) =>
        [.. Enumerable.Range(0, frames * Size * Size * 3).Select(i => (byte)(i / 3 % Size * 255 / (Size - 1)))];
}
