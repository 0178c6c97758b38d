using System.Numerics;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>A hand to look at: upright and flat, a fifth of the picture's height long, moving to the right.</summary>
public static class Hand
{
    /// <summary>What a camera sees of it when its palm is at a place, −1..1 right and down.</summary>
    public static HandSight At(Vector2 place, float firstPerson) =>
        HandSight.Of(Points(place), Points(place - new Vector2(0.2f, 0)), Vector2.One, Vector3.UnitZ, firstPerson);

    // In a picture of two by two pixels; the wrist is at the bottom, each finger goes straight up from its base.
    private static Vector3[] Points(Vector2 place)
    {
        var points = new Vector3[HandSight.PointCount];
        for (var finger = 0; finger < 5; finger++)
        {
            for (var joint = 0; joint < 4; joint++)
                points[1 + 4 * finger + joint] = new Vector3((finger - 2) * 0.04f, -0.2f - joint * 0.06f, 0);
        }

        // The middle of the wrist and four bases.
        var palm = HandSight.Palm(points);
        return [.. points.Select(p => p + new Vector3(place + Vector2.One - palm, 0))];
    }
}
