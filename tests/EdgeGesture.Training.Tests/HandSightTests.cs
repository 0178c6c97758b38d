using System.Numerics;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>What a camera sees of a hand, in numbers.</summary>
public class HandSightTests
{
    private const int Straight = 14; // of the thumb; the others follow

    [Fact]
    public void It_says_where_how_large_and_how_fast_the_hand_is()
    {
        var sight = Hand.At(new Vector2(0.3f, -0.2f), firstPerson: 0);
        Assert.True(sight.Visible);
        Assert.Equal(0, Vector2.Distance(new Vector2(0.3f, -0.2f), sight.Place), 1e-5);
        Assert.Equal(0.4f, sight.Size, 1e-5f);
        Assert.Equal(1, sight.Motion.X, 1e-4f); // 0.2 in a tenth of a second, times 5
        Assert.Equal(0, sight.Motion.Y, 1e-4f);
        Assert.All(sight.Values[Straight..(Straight + 5)].ToArray(), straight => Assert.Equal(1, straight, 1e-4f));
    }

    [Fact]
    public void Its_points_are_where_they_were()
    {
        var points = Hand.At(new Vector2(0.3f, -0.2f), firstPerson: 0).PlacesOfPoints();
        Assert.Equal(11, points.Length);
        Assert.True(points[6].Y < points[5].Y && points[5].Y < points[0].Y, "The middle finger's tip is above its base, that above the wrist.");
        Assert.Equal(0.18f, points[5].Y - points[6].Y, 1e-4f);
    }

    [Fact]
    public void Turned_moved_and_mirrored_it_says_the_same_of_the_changed_picture()
    {
        var sight = Hand.At(new Vector2(0.3f, -0.2f), firstPerson: 0);
        Assert.Equal(sight, sight.Mirrored().Mirrored());
        Assert.Equal(-0.3f, sight.Mirrored().Place.X, 1e-5f);
        var way = Matrix3x2.CreateScale(1.2f) * Matrix3x2.CreateRotation(0.3f) * Matrix3x2.CreateTranslation(0.1f, 0.1f);
        var moved = sight.Moved(way, 1.2f);
        foreach (var (before, after) in sight.PlacesOfPoints().Zip(moved.PlacesOfPoints()))
            Assert.Equal(0, Vector2.Distance(Vector2.Transform(before, way), after), 1e-4);
    }

    [Fact]
    public void A_fist_has_bent_fingers_and_an_open_hand_straight_ones()
    {
        var mesh = Material.Open(hands: false).Mesh;
        Assert.All(Fingers(mesh, HandPose.Open), straight => Assert.InRange(straight, 0.95f, 1.001f));
        Assert.All(Fingers(mesh, HandPose.Fist), straight => Assert.InRange(straight, 0, 0.7f));
    }

    private static float[] Fingers(HandMesh mesh, HandPose pose)
    {
        var points = new Vector3[HandSight.PointCount];
        mesh.Points(pose, points);
        points = [.. points.Select(p => new Vector3(50 + p.X * 100, 50 - p.Y * 100, p.Z * 100))];
        return HandSight.Of(points, points, new Vector2(50), null, 0).Values[(Straight + 1)..(Straight + 5)].ToArray();
    }
}
