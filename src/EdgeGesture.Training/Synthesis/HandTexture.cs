using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// The skin of one performer's hand: palms lighter than backs, creases in the palm and at the joints, nails, freckles. It is
/// by these that palm and back, and fingers that lie side by side, are told apart.
/// </summary>
public sealed class HandTexture
{
    /// <summary>How many parts each edge of the mesh's triangles is divided into: their corners are 4 to 6 mm apart.</summary>
    public const int Parts = 2;

    /// <summary>Points of a divided triangle.</summary>
    public const int PointsOfTriangle = (Parts + 1) * (Parts + 2) / 2;

    private const float FingerRadius = 0.016f;

    private static readonly Vector3[] Shares =
    [
        .. from i in Enumerable.Range(0, Parts + 1)
           from j in Enumerable.Range(0, i + 1)
           select new Vector3(Parts - i, i - j, j) / Parts,
    ];

    private static readonly int[] Corners =
    [
        .. from i in Enumerable.Range(0, Parts)
           from j in Enumerable.Range(0, i + 1)
           let upper = i * (i + 1) / 2 + j
           let lower = (i + 1) * (i + 2) / 2 + j
           from corner in j < i ? new[] { upper, lower, lower + 1, upper, lower + 1, upper + 1 } : [upper, lower, lower + 1]
           select corner,
    ];

    private readonly HandMesh _mesh;
    private readonly Vector3 _skin;
    private readonly float _paleness;
    private readonly float _creases;
    private readonly float _nails;
    private readonly float[] _freckles;
    private readonly Vector3 _wave;

    public HandTexture(Dice dice, HandMesh mesh, Vector3 skin)
    {
        (_mesh, _skin) = (mesh, skin);

        // Palms and nails of dark hands are lighter by far.
        var darkness = 1 - Math.Clamp(skin.X, 0, 1);
        _paleness = 0.06f + dice.Between(0, 0.5f) * darkness;
        _nails = dice.Between(0.05f, 0.2f) + dice.Between(0.2f, 0.7f) * darkness;
        _creases = dice.Between(0.08f, 0.35f);
        var grain = dice.Between(0.01f, 0.06f);
        _wave = 600 * dice.Offset(1);
        _freckles = [.. Enumerable.Range(0, mesh.VertexCount).Select(_ => dice.Normal(grain))];
    }

    /// <summary>Of each point of a divided triangle the shares of its three corners, row by row from the first corner.</summary>
    public static ReadOnlySpan<Vector3> Weights => Shares;

    /// <summary>The corners of the small triangles that a triangle is divided into, three points each.</summary>
    public static ReadOnlySpan<int> Divided => Corners;

    /// <summary>The colours, RGB in 0..1, of all points of the mesh's triangles: as <see cref="Weights"/> orders them.</summary>
    public Vector3[] Colours()
    {
        var normals = new Vector3[_mesh.VertexCount];
        _mesh.Normals([.. _mesh.Rest], normals);
        var colours = new Vector3[_mesh.Triangles.Count / 3 * PointsOfTriangle];
        var at = 0;
        for (var t = 0; t < _mesh.Triangles.Count; t += 3)
        {
            var (a, b, c) = (_mesh.Triangles[t], _mesh.Triangles[t + 1], _mesh.Triangles[t + 2]);
            foreach (var w in Weights)
            {
                var place = w.X * _mesh.Rest[a] + w.Y * _mesh.Rest[b] + w.Z * _mesh.Rest[c];
                var normal = Vector3.Normalize(w.X * normals[a] + w.Y * normals[b] + w.Z * normals[c]);
                var freckle = w.X * _freckles[a] + w.Y * _freckles[b] + w.Z * _freckles[c];
                colours[at++] = _skin * (At(place, normal) * (1 + freckle + 0.04f * MathF.Sin(Vector3.Dot(_wave, place))));
            }
        }

        return colours;
    }

    // How much lighter than the skin, and redder, a place of the flat hand is.
    private Vector3 At(Vector3 place, Vector3 normal)
    {
        var tint = new Vector3(1 + _paleness * normal.Z);
        for (var finger = 0; finger < 5; finger++)
            tint *= OfFinger(finger, place, normal);
        return normal.Z > 0.3f ? tint * (1 - _creases * PalmLines(new Vector2(place.X, place.Y))) : tint;
    }

    private Vector3 OfFinger(int finger, Vector3 place, Vector3 normal)
    {
        // The thumb's pad looks at the fingers.
        var pad = finger == 0 ? Vector3.Normalize(new Vector3(-1, 0.2f, 0.6f)) : Vector3.UnitZ;
        var joint = finger == 0 ? 2 : finger * 5 + 2;
        var (first, middle, last, tip) = (_mesh.Pivots[joint - 1], _mesh.Pivots[joint], _mesh.Pivots[joint + 1], _mesh.Pivots[joint + 2]);
        var isPad = Vector3.Dot(normal, pad) > 0;
        if (finger > 0 && isPad && IsAlong(first, middle, place, out var onFirst, out var length) && onFirst > 0)
            return Vector3.One * (1 - _creases * Line(onFirst - length / 2, 0.0015f)); // where the finger leaves the palm
        if (IsAlong(last, tip, place, out var onLast, out var lastLength))
        {
            if (!isPad && Nail(onLast - 0.75f * lastLength, place, last, tip) > 0)
                return Vector3.One + _nails * new Vector3(1, 0.8f, 0.85f);
            if (onLast > 0)
                return isPad ? new Vector3(1.05f, 0.97f, 0.97f) : Vector3.One;
            return Vector3.One * (1 - _creases * Line(onLast, isPad ? 0.0015f : 0.002f));
        }

        return IsAlong(middle, last, place, out var onMiddle, out _)
            ? Vector3.One * (1 - _creases * Line(onMiddle, isPad ? 0.0015f : 0.003f))
            : Vector3.One;
    }

    // Whether a place is of the bone between two joints, and how far along it, metres; a little before the first counts.
    private static bool IsAlong(Vector3 from, Vector3 to, Vector3 place, out float along, out float length)
    {
        const float Before = 0.005f;
        length = Vector3.Distance(from, to);
        var way = (to - from) / length;
        along = Vector3.Dot(place - from, way);
        return along > -Before && along < length + 0.02f && Vector3.Distance(place - from, along * way) < FingerRadius;
    }

    private static float Line(float away, float width) => MathF.Exp(-away * away / (width * width));

    private static float Nail(float along, Vector3 place, Vector3 from, Vector3 to)
    {
        const float HalfLength = 0.0065f;
        const float HalfWidth = 0.0065f;
        var way = Vector3.Normalize(to - from);
        var offset = place - from;
        var across = Vector3.Cross(way, Vector3.UnitZ);
        var side = across.LengthSquared() > 0 ? Vector3.Dot(offset, Vector3.Normalize(across)) : 0;
        return 1 - along * along / (HalfLength * HalfLength) - side * side / (HalfWidth * HalfWidth);
    }

    // The heart, the head and the life line; metres to the thumb's side and up from the wrist.
    private static float PalmLines(Vector2 place)
    {
        const float Width = 0.0014f;
        Span<(Vector2 From, Vector2 To)> lines =
        [
            (new(-0.036f, 0.07f), new(0.012f, 0.088f)),
            (new(0.036f, 0.074f), new(-0.03f, 0.052f)),
            (new(0.036f, 0.074f), new(0.013f, 0.05f)),
            (new(0.013f, 0.05f), new(0.008f, 0.012f)),
        ];
        var nearest = float.MaxValue;
        foreach (var (from, to) in lines)
        {
            var part = Math.Clamp(Vector2.Dot(place - from, to - from) / Vector2.DistanceSquared(from, to), 0, 1);
            nearest = MathF.Min(nearest, Vector2.Distance(place, Vector2.Lerp(from, to, part)));
        }

        return Line(nearest, Width);
    }
}
