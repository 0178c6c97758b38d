using System.Numerics;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class PrintTests
{
    private const int Width = 160;
    private const int Height = 210;

    [Fact]
    public void A_print_lies_on_the_chest_and_leaves_the_rest_as_it_was()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var plain = Person();
            var printed = Printed(seed);
            var changed = Enumerable.Range(0, plain.Length).Where(at => printed[at] != plain[at]).ToList();
            Assert.NotEmpty(changed);
            Assert.All(changed, at => Assert.InRange((float)(at % Width) / Width, 0.35f, 0.65f));
            Assert.All(changed, at => Assert.InRange((float)(at / Width) / Height, 0.35f, 0.6f));
        }
    }

    [Fact]
    public void Where_nothing_covers_nothing_is_printed()
    {
        Assert.All(Printed(seed: 3, cover: 0), pixel => Assert.Equal(Vector4.Zero, pixel));
    }

    [Fact]
    public void The_same_numbers_print_the_same()
    {
        Assert.Equal(Printed(5), Printed(5));
        Assert.NotEqual(Printed(5), Printed(6));
    }

    private static Vector4[] Printed(int seed, float cover = 1)
    {
        var pixels = Person(cover);
        Print.On(pixels, Width, new Dice(seed));
        return pixels;
    }

    private static Vector4[] Person(float cover = 1)
    {
        var pixels = new Vector4[Width * Height];
        Array.Fill(pixels, new Vector4(0.9f, 0.05f, 0.45f, 1) * cover);
        return pixels;
    }
}
