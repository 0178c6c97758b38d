using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// A camera before the performer, or at the performer's own eyes, and where in its picture the gesture happens.
/// </summary>
public sealed class Viewpoint
{
    private const float NearestMetres = 0.08f;
    private readonly Quaternion _turn;
    private readonly float _distanceMetres;
    private readonly float _focalPixels;
    private readonly Vector2 _middle;
    private readonly float _stretch;

    private Viewpoint(Quaternion turn, float distanceMetres, float focalPixels, Vector2 middle, float stretch)
    {
        _turn = turn;
        _distanceMetres = distanceMetres;
        _focalPixels = focalPixels;
        _middle = middle;
        _stretch = stretch;
    }

    public static Viewpoint Random(Dice dice, bool firstPerson)
    {
        var fieldDegrees = dice.Between(48, 78);
        var focal = Picture.Width / 2f / MathF.Tan(fieldDegrees * MathF.PI / 360);
        var roll = dice.Normal(0.06f);
        if (firstPerson)
        {
            var down = Quaternion.CreateFromAxisAngle(Vector3.UnitX, dice.Between(-0.1f, 0.9f));
            var behind = Quaternion.CreateFromYawPitchRoll(MathF.PI + dice.Normal(0.15f), 0, roll);
            return new Viewpoint(
                Quaternion.Normalize(down * behind), dice.Between(0.28f, 0.6f), focal,
                Place(dice.Between(-0.35f, 0.4f), dice.Between(-0.2f, 0.5f)), dice.Between(0.85f, 1.2f));
        }

        var near = MathF.Exp(dice.Between(MathF.Log(0.29f), MathF.Log(0.74f)));
        var turn = Quaternion.CreateFromYawPitchRoll(dice.Normal(0.2f), dice.Normal(0.15f), roll);
        return new Viewpoint(
            turn, near, focal, Place(dice.Between(-0.45f, 0.25f), dice.Between(-0.25f, 0.35f)), dice.Between(0.85f, 1.2f));
    }

    /// <summary>A point in the performer's axes (metres) in camera axes: x right, y up, z towards the camera.</summary>
    public Vector3 ToCamera(Vector3 point) => Vector3.Transform(point, _turn);

    /// <summary>
    /// A point in camera axes to pixels right and down, and its depth in metres; false when it is at or behind the lens.
    /// </summary>
    public bool TryProject(Vector3 point, out Vector3 pixel)
    {
        var depth = _distanceMetres - point.Z;
        pixel = default;
        if (depth < NearestMetres)
            return false;
        var scale = _focalPixels / depth;
        pixel = new Vector3(_middle.X + point.X * scale, _middle.Y - point.Y * scale * _stretch, depth);
        return true;
    }

    /// <summary>Pixels that a metre takes at a depth.</summary>
    public float PixelsAt(float depthMetres) => _focalPixels / depthMetres;

    private static Vector2 Place(float right, float down) =>
        new(Picture.Width / 2f * (1 + right), Picture.Height / 2f * (1 + down));
}
