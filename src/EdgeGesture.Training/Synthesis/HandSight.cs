using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// Where the hand is in one frame, as numbers that a network can learn beside the label: they tell it what to look at
/// long before it could find out from labels alone. All are 0 when no hand is in the picture.
/// </summary>
/// <param name="Visible">1 when the hand is in the picture, else 0.</param>
/// <param name="Place">The palm's place, −1..1 from left to right and from top to bottom.</param>
/// <param name="Motion">The palm's way since 0.1 s before, in halves of the picture, times 5.</param>
/// <param name="Growth">How much larger the hand became in that time, as a logarithm, times 5.</param>
/// <param name="Size">A hand's length in halves of the picture's height.</param>
/// <param name="Fingers">Where stretched fingers point in the picture: right and down, −1..1.</param>
/// <param name="Palm">How much the palm faces the camera (1) or turns its back (−1).</param>
/// <param name="Openness">The share of stretched fingers, 0..1.</param>
/// <param name="FirstPerson">1 when the camera looks along with the performer.</param>
public readonly record struct HandSight(
    float Visible, Vector2 Place, Vector2 Motion, float Growth, float Size, Vector2 Fingers, float Palm, float Openness, float FirstPerson)
{
    /// <summary>How many numbers <see cref="ToArray"/> gives.</summary>
    public const int Count = 12;

    public float[] ToArray() =>
    [
        Visible, Place.X, Place.Y, Motion.X, Motion.Y, Growth, Size, Fingers.X, Fingers.Y, Palm, Openness, FirstPerson,
    ];

    public static HandSight FromArray(ReadOnlySpan<float> v) => new(
        v[0], new Vector2(v[1], v[2]), new Vector2(v[3], v[4]), v[5], v[6], new Vector2(v[7], v[8]), v[9], v[10], v[11]);

    /// <summary>The same in a picture whose places (−1..1) all go the same way, which makes things larger by <paramref name="zoom"/>.</summary>
    public HandSight Moved(Matrix3x2 way, float zoom)
    {
        var place = Vector2.Transform(Place, way);
        if (Visible == 0 || !IsInPicture(place))
            return new HandSight { FirstPerson = FirstPerson };
        return this with
        {
            Place = place,
            Motion = Vector2.TransformNormal(Motion, way),
            Size = Size * zoom,
            Fingers = Vector2.TransformNormal(Fingers, way) / zoom,
        };
    }

    /// <summary>The same in a mirrored picture.</summary>
    public HandSight Mirrored() => this with
    {
        Place = new Vector2(-Place.X, Place.Y),
        Motion = new Vector2(-Motion.X, Motion.Y),
        Fingers = new Vector2(-Fingers.X, Fingers.Y),
    };

    /// <summary>What a camera sees of the hand at a time.</summary>
    public static HandSight Of(Script script, Viewpoint view, float seconds)
    {
        const float PalmMetres = 0.08f;
        const float HandMetres = 0.18f;
        const float BeforeSeconds = 0.1f;
        const float MotionScale = 5;
        var none = new HandSight { FirstPerson = script.FirstPerson ? 1 : 0 };
        if (script.Track is not { } track)
            return none;
        var key = track.At(seconds);
        var before = track.At(seconds - BeforeSeconds);
        var along = Vector3.Transform(Vector3.UnitY, key.Facing);
        if (!view.TryProject(view.ToCamera(key.Wrist + PalmMetres * along), out var now)
            || !view.TryProject(view.ToCamera(before.Wrist + PalmMetres * Vector3.Transform(Vector3.UnitY, before.Facing)), out var then))
            return none;
        var half = new Vector2(Picture.Width, Picture.Height) / 2;
        var place = new Vector2(now.X, now.Y) / half - Vector2.One;
        if (!IsInPicture(place))
            return none;
        var motion = (new Vector2(now.X, now.Y) - new Vector2(then.X, then.Y)) / half;
        var fingers = view.ToCamera(along);
        return none with
        {
            Visible = 1,
            Place = place,
            Motion = Vector2.Clamp(motion * MotionScale, new Vector2(-3), new Vector2(3)),
            Growth = Math.Clamp(MathF.Log(then.Z / now.Z) * MotionScale, -3, 3),
            Size = MathF.Min(view.PixelsAt(now.Z) * HandMetres / half.Y, 3),
            Fingers = new Vector2(fingers.X, -fingers.Y),
            Palm = view.ToCamera(Vector3.Transform(Vector3.UnitZ, key.Facing)).Z,
            Openness = key.Pose.StretchedFingers / 4f,
        };
    }

    // A palm that is a little beyond the edge still shows fingers or the wrist.
    private static bool IsInPicture(Vector2 place) => MathF.Abs(place.X) <= 1.15f && MathF.Abs(place.Y) <= 1.15f;
}
