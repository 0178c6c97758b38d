using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// The hand in one frame, as numbers that a network can learn and a memory can recognise gestures from. A number that
/// nobody knows is NaN. All are 0 when no hand is in the picture, but <see cref="FirstPerson"/>.
/// </summary>
/// <remarks>
/// Places are −1..1 from left to right and from top to bottom; directions are x right, y down, z towards the camera.
/// The numbers in their order: visible (1 or 0); the palm's place (2); the logarithm of the hand's length in halves of
/// the picture's height; the palm's way since 0.1 s before, times 5 (2); the change of that logarithm in that time, times
/// 5; the direction from the wrist to the middle finger's knuckle (3); the direction out of the palm (3); first person (1
/// or 0); how straight the five fingers are, thumb first (0..1); the places of eleven points relative to the palm's, in
/// hand lengths: wrist, then base and tip of each finger (22).
/// </remarks>
public sealed class HandSight : IEquatable<HandSight>
{
    /// <summary>How many numbers there are.</summary>
    public const int Count = 41;

    /// <summary>Points of a hand: the wrist, then four of each finger from its base to its tip, the thumb first.</summary>
    public const int PointCount = 21;

    /// <summary>The time that <see cref="Motion"/> and growth look back.</summary>
    public const float BeforeSeconds = 0.1f;

    private const int PlaceAt = 1;
    private const int SizeAt = 3;
    private const int MotionAt = 4;
    private const int GrowthAt = 6;
    private const int FingersAt = 7;
    private const int PalmAt = 10;
    private const int FirstPersonAt = 13;
    private const int StraightAt = 14;
    private const int PointsAt = 19;
    private const float ChangeScale = 5;
    private const float LargestChange = 3;

    // From the wrist to the middle knuckle is half a hand's length.
    private const float HandLengths = 2;

    private static readonly int[] Shown = [0, 2, 4, 5, 8, 9, 12, 13, 16, 17, 20];

    private readonly float[] _values;

    private HandSight(float[] values) => _values = values;

    public ReadOnlySpan<float> Values => _values;

    public bool Visible => _values[0] > 0;

    public Vector2 Place => new(_values[PlaceAt], _values[PlaceAt + 1]);

    /// <summary>The hand's length in halves of the picture's height.</summary>
    public float Size => Visible ? MathF.Exp(_values[SizeAt]) : 0;

    /// <summary>The palm's way since <see cref="BeforeSeconds"/> before, times 5.</summary>
    public Vector2 Motion => new(_values[MotionAt], _values[MotionAt + 1]);

    /// <summary>1 when the camera looks along with the performer.</summary>
    public float FirstPerson => _values[FirstPersonAt];

    /// <summary>Whether a number, by its index, is of motion or growth.</summary>
    public static bool IsChange(int index) => index is >= MotionAt and <= GrowthAt;

    /// <summary>Whether a number, by its index, needs the whole picture or more than one: motion, growth, first person.</summary>
    public static bool IsOfPicture(int index) => IsChange(index) || index == FirstPersonAt;

    /// <summary>Whether a number, by its index, says how straight a finger is.</summary>
    public static bool IsOfFinger(int index) => index is >= StraightAt and < PointsAt;

    /// <summary>No hand.</summary>
    public static HandSight None(float firstPerson)
    {
        var values = new float[Count];
        values[FirstPersonAt] = firstPerson;
        return new HandSight(values);
    }

    public static HandSight FromArray(ReadOnlySpan<float> values) => new(values.ToArray());

    /// <summary>
    /// What a camera sees of a hand whose points lie at <paramref name="points"/> (pixels right and down, and as many
    /// pixels towards the camera) and lay at <paramref name="before"/> a moment ago.
    /// </summary>
    /// <param name="points">Now.</param>
    /// <param name="before"><see cref="BeforeSeconds"/> earlier.</param>
    /// <param name="half">Half of the picture's width and height, pixels.</param>
    /// <param name="palm">The direction out of the palm; null where nobody knows.</param>
    /// <param name="firstPerson">1, 0 or NaN.</param>
    public static HandSight Of(ReadOnlySpan<Vector3> points, ReadOnlySpan<Vector3> before, Vector2 half, Vector3? palm, float firstPerson)
    {
        var place = Palm(points) / half - Vector2.One;
        if (!IsInPicture(place))
            return None(firstPerson);
        var values = new float[Count];
        values[0] = 1;
        (values[PlaceAt], values[PlaceAt + 1]) = (place.X, place.Y);
        var length = Length(points) / half.Y;
        values[SizeAt] = MathF.Log(length);
        var motion = (Palm(points) - Palm(before)) / half * ChangeScale;
        values[MotionAt] = Math.Clamp(motion.X, -LargestChange, LargestChange);
        values[MotionAt + 1] = Math.Clamp(motion.Y, -LargestChange, LargestChange);
        values[GrowthAt] = Math.Clamp(MathF.Log(Length(points) / Length(before)) * ChangeScale, -LargestChange, LargestChange);
        Vector3.Normalize(points[9] - points[0]).CopyTo(values, FingersAt);
        (palm ?? new Vector3(float.NaN)).CopyTo(values, PalmAt);
        values[FirstPersonAt] = firstPerson;
        for (var finger = 0; finger < 5; finger++)
        {
            var p = points.Slice(1 + 4 * finger, 4);
            var way = Vector3.Distance(p[0], p[1]) + Vector3.Distance(p[1], p[2]) + Vector3.Distance(p[2], p[3]);
            values[StraightAt + finger] = Vector3.Distance(p[0], p[3]) / way;
        }

        for (var i = 0; i < Shown.Length; i++)
        {
            var relative = (new Vector2(points[Shown[i]].X, points[Shown[i]].Y) / half - Vector2.One - place) / length;
            (values[PointsAt + 2 * i], values[PointsAt + 2 * i + 1]) = (relative.X, relative.Y);
        }

        return new HandSight(values);
    }

    /// <summary>The same in a picture whose places (−1..1) all go the same way, which makes things larger by <paramref name="zoom"/>.</summary>
    public HandSight Moved(Matrix3x2 way, float zoom)
    {
        if (!Visible || !IsInPicture(Vector2.Transform(Place, way)))
            return None(FirstPerson);
        var values = (float[])_values.Clone();
        Move(values, way, zoom);
        return new HandSight(values);
    }

    /// <summary>The same in a mirrored picture.</summary>
    public HandSight Mirrored()
    {
        var values = (float[])_values.Clone();
        Mirror(values);
        return new HandSight(values);
    }

    /// <summary>Changes 41 numbers, all of them times the probability that there is a hand, as <see cref="Moved"/> does.</summary>
    public static void Move(Span<float> values, Matrix3x2 way, float zoom)
    {
        var visible = values[0];
        Turn(values, PlaceAt, way);
        values[PlaceAt] += visible * way.M31;
        values[PlaceAt + 1] += visible * way.M32;
        values[SizeAt] += visible * MathF.Log(zoom);
        Turn(values, MotionAt, way);
        var turn = way * Matrix3x2.CreateScale(1 / zoom);
        Turn(values, FingersAt, turn);
        Turn(values, PalmAt, turn);
        for (var at = PointsAt; at < Count; at += 2)
            Turn(values, at, turn);
    }

    /// <summary>Changes 41 numbers as <see cref="Mirrored"/> does.</summary>
    public static void Mirror(Span<float> values)
    {
        foreach (var at in (ReadOnlySpan<int>)[PlaceAt, MotionAt, FingersAt, PalmAt])
            values[at] = -values[at];
        for (var at = PointsAt; at < Count; at += 2)
            values[at] = -values[at];
    }

    /// <summary>Changes 41 numbers to those of a hand that moves <paramref name="speed"/> times as fast.</summary>
    public static void Hasten(Span<float> values, float speed)
    {
        for (var at = MotionAt; at <= GrowthAt; at++)
            values[at] = Math.Clamp(values[at] * speed, -LargestChange, LargestChange);
    }

    /// <summary>Changes 41 numbers, which come times the first, to those of a hand that is told to be seen with its owner's eyes so surely (0..1).</summary>
    public static void TellFirstPerson(Span<float> values, float firstPerson) => values[FirstPersonAt] = values[0] * firstPerson;

    /// <summary>Where the wrist, then base and tip of each finger are, −1..1 right and down.</summary>
    public Vector2[] PlacesOfPoints() =>
        [.. Enumerable.Range(0, Shown.Length).Select(i => Place + Size * new Vector2(_values[PointsAt + 2 * i], _values[PointsAt + 2 * i + 1]))];

    /// <summary>Whether all numbers are the same; unknown ones are.</summary>
    public bool Equals(HandSight? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as HandSight);

    public override int GetHashCode() => HashCode.Combine(_values[PlaceAt], _values[PlaceAt + 1], _values[SizeAt]);

    /// <summary>The middle of the palm in pixels: of the wrist and the four knuckles.</summary>
    public static Vector2 Palm(ReadOnlySpan<Vector3> points)
    {
        var sum = points[0] + points[5] + points[9] + points[13] + points[17];
        return new Vector2(sum.X, sum.Y) / 5;
    }

    /// <summary>The hand's length in pixels, as if it were seen from the front.</summary>
    public static float Length(ReadOnlySpan<Vector3> points) => MathF.Max(HandLengths * Vector3.Distance(points[0], points[9]), 1e-3f);

    private static void Turn(Span<float> values, int at, Matrix3x2 way)
    {
        var turned = Vector2.TransformNormal(new Vector2(values[at], values[at + 1]), way);
        (values[at], values[at + 1]) = (turned.X, turned.Y);
    }

    // A palm that is a little beyond the edge still shows fingers or the wrist.
    private static bool IsInPicture(Vector2 place) => MathF.Abs(place.X) <= 1.15f && MathF.Abs(place.Y) <= 1.15f;
}
