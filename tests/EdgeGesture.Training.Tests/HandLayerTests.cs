using System.Numerics;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class HandLayerTests
{
    private static readonly Vector3 Red = Vector3.UnitX;
    private static readonly Vector3 Green = Vector3.UnitY;

    [Fact]
    public void A_triangle_covers_its_inside_and_nothing_else()
    {
        var layer = new HandLayer();
        Square(layer, 40, 30, 20, depth: 1, Red);
        layer.EndMoment(1, folds: 0);
        var picture = new Picture();
        layer.Over(picture);
        Assert.Equal(1, picture.Values[(40 * Picture.Width + 50) * 3], 3);
        Assert.Equal(0, picture.Values[(40 * Picture.Width + 39) * 3]);
        Assert.Equal(0, picture.Values[(29 * Picture.Width + 50) * 3]);
        Assert.Equal(20 * 20, picture.Values.Sum(), 0);
    }

    [Fact]
    public void What_reaches_beyond_the_picture_fills_it_to_its_edges()
    {
        var layer = new HandLayer();
        Square(layer, -10, -10, 300, depth: 1, Red);
        Square(layer, 200, 150, 100, depth: 0.985f, Red);
        layer.EndMoment(1, folds: 1);
        var picture = new Picture();
        layer.Over(picture);
        Assert.Equal(1, picture.Values[0], 3);
        Assert.Equal(1, picture.Values[^3], 3);
        Assert.InRange(picture.Values[((Picture.Height - 1) * Picture.Width + 199) * 3], 0.4f, 0.9f); // beside what is nearer
    }

    [Fact]
    public void A_moment_leaves_nothing_behind()
    {
        var layer = new HandLayer();
        Square(layer, 40, 30, 20, depth: 1, Red);
        layer.EndMoment(0, folds: 1);
        Square(layer, 40, 30, 20, depth: 1.01f, Red);
        layer.EndMoment(1, folds: 1);
        var picture = new Picture();
        layer.Over(picture);
        Assert.Equal(20 * 20, picture.Values.Sum(), 0);
    }

    [Fact]
    public void The_nearer_one_hides_the_farther_in_either_order()
    {
        foreach (var redFirst in new[] { true, false })
        {
            var layer = new HandLayer();
            if (redFirst)
                Square(layer, 40, 30, 20, depth: 1, Red);
            Square(layer, 40, 30, 20, depth: 2, Green);
            if (!redFirst)
                Square(layer, 40, 30, 20, depth: 1, Red);
            layer.EndMoment(1, folds: 0);
            var picture = new Picture();
            layer.Over(picture);
            Assert.Equal(1, picture.Values[(40 * Picture.Width + 50) * 3], 3);
            Assert.Equal(0, picture.Values[(40 * Picture.Width + 50) * 3 + 1], 3);
        }
    }

    [Fact]
    public void Two_moments_of_a_moving_thing_are_blurred()
    {
        var layer = new HandLayer();
        Square(layer, 40, 30, 10, depth: 1, Red);
        layer.EndMoment(0.5f, folds: 0);
        Square(layer, 45, 30, 10, depth: 1, Red);
        layer.EndMoment(0.5f, folds: 0);
        var picture = new Picture();
        layer.Over(picture);
        Assert.Equal(0.5, picture.Values[(35 * Picture.Width + 42) * 3], 3);
        Assert.Equal(1, picture.Values[(35 * Picture.Width + 47) * 3], 3);
    }

    [Fact]
    public void Beside_a_finger_that_lies_on_it_the_palm_is_darker()
    {
        var picture = FingerBeforePalm(fingerDepth: 0.985f);
        float At(int x, int y) => picture.Values[(y * Picture.Width + x) * 3];
        Assert.Equal(1, At(55, 45), 3); // the finger
        Assert.InRange(At(49, 45), 0.4f, 0.8f); // beside it
        Assert.Equal(1, At(45, 45), 3); // away from it
        Assert.Equal(1, At(40, 60), 3); // the palm's own edge, before nothing
    }

    [Fact]
    public void Nothing_casts_a_fold_from_afar() =>
        Assert.Equal(40 * 40, FingerBeforePalm(fingerDepth: 0.8f).Values.Sum(), 0);

    // A palm at a depth of 1, its corners at 40, 30 and 80, 70, and a finger at 50, 40 to 60, 50; both red.
    private static Picture FingerBeforePalm(float fingerDepth)
    {
        var layer = new HandLayer();
        Square(layer, 40, 30, 40, depth: 1, Red);
        Square(layer, 50, 40, 10, fingerDepth, Red);
        layer.EndMoment(1, folds: 1);
        var picture = new Picture();
        layer.Over(picture);
        return picture;
    }

    private static void Square(HandLayer layer, float x, float y, float side, float depth, Vector3 colour)
    {
        Vector3 a = new(x, y, depth), b = new(x + side, y, depth), c = new(x, y + side, depth), d = new(x + side, y + side, depth);
        layer.Triangle(a, b, c, colour, colour, colour);
        layer.Triangle(b, d, c, colour, colour, colour);
    }
}
