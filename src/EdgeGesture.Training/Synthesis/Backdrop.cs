using System.Numerics;
using EdgeGesture.Training.Data;
using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// What lies behind the hand: a photo or a pattern, recoloured, cropped, and in motion as a whole (the camera) and in one
/// place (somebody in it). A camera at the performer's eyes may be tilted and move much, or stand as still and upright as
/// one before the performer, so that only the hand tells which it is.
/// </summary>
public sealed class Backdrop
{
    private const int CropTries = 30;
    private const int PhotoTries = 6;

    private readonly Vector3[] _texture;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _bump = new float[Picture.Width * Picture.Height];
    private readonly Vector2 _corner;
    private readonly Vector2 _across;
    private readonly Vector2 _down;
    private readonly Sway _camera;
    private readonly Sway _somebody;
    private readonly Sway _zoom;

    private Backdrop(Dice dice, Vector3[] texture, int width, int height, IReadOnlyList<PhotoHand> hands, bool firstPerson, bool shaken)
    {
        _texture = texture;
        _width = width;
        _height = height;

        var isWorn = firstPerson && dice.Chance(0.5f);
        (_corner, _across, _down) = Crop(dice, width, height, firstPerson, isWorn);
        for (var tries = 0; tries < CropTries && hands.Any(IsShown); tries++)
            (_corner, _across, _down) = Crop(dice, width, height, firstPerson, isWorn);

        var (bx, by) = (Picture.Unit * dice.Between(20, 140), Picture.Unit * dice.Between(20, 120));
        var radius = Picture.Unit * dice.Between(15, 50);
        for (var y = 0; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width; x++)
                _bump[y * Picture.Width + x] = MathF.Exp(-((x - bx) * (x - bx) + (y - by) * (y - by)) / (2 * radius * radius));
        }

        var still = !shaken && dice.Chance(isWorn ? 0.2f : 0.6f);
        _camera = new Sway(dice, still ? 0 : Picture.Unit * dice.Between(0.3f, shaken ? 12 : isWorn ? 6 : 1.5f));
        _zoom = new Sway(dice, still ? 0 : dice.Between(0, shaken || isWorn ? 0.06f : 0.01f));
        _somebody = new Sway(dice, dice.Chance(0.5f) ? Picture.Unit * dice.Between(1, 12) : 0);
    }

    // A rectangle of the texture, turned a little (any way when the camera is worn).
    private static (Vector2 Corner, Vector2 Across, Vector2 Down) Crop(Dice dice, int width, int height, bool firstPerson, bool isWorn)
    {
        var part = firstPerson ? dice.Between(0.25f, 0.8f) : dice.Between(0.32f, 0.95f);
        var angle = isWorn ? dice.Between(-MathF.PI, MathF.PI) : dice.Normal(0.05f);
        var cropWidth = part * width / (isWorn ? 1.4f : 1);
        var cropHeight = cropWidth * Picture.Height / Picture.Width * dice.Between(0.85f, 1.15f);
        var flip = dice.Chance(0.5f) ? -1 : 1;
        var across = new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * cropWidth / Picture.Width * flip;
        var down = new Vector2(-MathF.Sin(angle), MathF.Cos(angle)) * cropHeight / Picture.Height;
        var free = new Vector2(MathF.Max(width - cropWidth, 0), MathF.Max(height - cropHeight, 0));
        var middle = new Vector2(width, height) / 2
            + free * new Vector2(dice.Between(-0.5f, 0.5f), firstPerson ? dice.Between(-0.5f, 0.5f) : dice.Between(-0.45f, 0.1f));
        return (middle - (across * Picture.Width + down * Picture.Height) / 2, across, down);
    }

    // Whether a real hand of the photo is in the crop, where it would be taken for background.
    private bool IsShown(PhotoHand hand)
    {
        const float Beyond = 0.08f;
        var determinant = _across.X * _down.Y - _across.Y * _down.X;
        return Array.Exists(hand.Points, point =>
        {
            var from = new Vector2(point.X, point.Y) - _corner;
            var x = (from.X * _down.Y - from.Y * _down.X) / determinant / Picture.Width;
            var y = (_across.X * from.Y - _across.Y * from.X) / determinant / Picture.Height;
            return x is > -Beyond and < 1 + Beyond && y is > -Beyond and < 1 + Beyond;
        });
    }

    public static Backdrop Random(Dice dice, Sources sources, bool firstPerson, bool shaken)
    {
        for (var left = PhotoTries; ; left--)
        {
            var file = dice.Chance(firstPerson ? 0.4f : 0.15f) ? null : dice.Pick(sources.Photos);
            var texture = file is null ? Pattern(dice) : Photo(dice, file);
            var hands = file is null ? [] : sources.Hands.In(file);
            var backdrop = new Backdrop(dice, texture.Pixels, texture.Width, texture.Height, hands, firstPerson, shaken);
            if (left == 0 || !hands.Any(backdrop.IsShown))
                return backdrop;
        }
    }

    /// <summary>Paints the backdrop as it is at a time.</summary>
    public void Paint(Picture picture, float seconds)
    {
        var shift = _camera.At(seconds);
        var push = _somebody.At(seconds);
        var scale = 1 + _zoom.At(seconds).X;
        for (var y = 0; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width; x++)
            {
                var at = y * Picture.Width + x;
                var px = (x - Picture.Width / 2) * scale + Picture.Width / 2 + shift.X + push.X * _bump[at];
                var py = (y - Picture.Height / 2) * scale + Picture.Height / 2 + shift.Y + push.Y * _bump[at];
                var colour = Sample(_corner + px * _across + py * _down);
                picture.Values[at * 3] = colour.X;
                picture.Values[at * 3 + 1] = colour.Y;
                picture.Values[at * 3 + 2] = colour.Z;
            }
        }
    }

    private Vector3 Sample(Vector2 at)
    {
        // Beyond the edge the texture is mirrored.
        var x = Mirror(at.X, _width);
        var y = Mirror(at.Y, _height);
        var (ix, iy) = ((int)x, (int)y);
        var i = iy * _width + ix;
        var (fx, fy) = (x - ix, y - iy);
        return Vector3.Lerp(
            Vector3.Lerp(_texture[i], _texture[i + 1], fx), Vector3.Lerp(_texture[i + _width], _texture[i + _width + 1], fx), fy);
    }

    private static float Mirror(float value, int size)
    {
        var last = size - 1.01f;
        value = MathF.Abs(value);
        while (value > last)
            value = MathF.Abs(2 * last - value);
        return value;
    }

    private static (Vector3[] Pixels, int Width, int Height) Photo(Dice dice, string file)
    {
        using var photo = Cv2.ImRead(file);
        if (photo.Empty())
            throw new TrainingException($"{file} is not a picture that can be read; take it out of the folder.");

        // Other colours make other rooms: each channel is remixed from all three, around the photo's own.
        var strength = dice.Chance(0.3f) ? 0 : dice.Between(0.03f, 0.22f);
        var mix = new Vector3[3];
        for (var row = 0; row < 3; row++)
        {
            var own = row == 0 ? Vector3.UnitX : row == 1 ? Vector3.UnitY : Vector3.UnitZ;
            mix[row] = (own + strength * dice.Offset(1)) * dice.Between(0.88f, 1.12f);
        }

        var pixels = new Vector3[photo.Width * photo.Height];
        photo.GetArray(out Vec3b[] raw);
        for (var i = 0; i < pixels.Length; i++)
        {
            var rgb = new Vector3(raw[i].Item2, raw[i].Item1, raw[i].Item0) / 255f;
            pixels[i] = Vector3.Clamp(
                new Vector3(Vector3.Dot(mix[0], rgb), Vector3.Dot(mix[1], rgb), Vector3.Dot(mix[2], rgb)), Vector3.Zero, Vector3.One);
        }

        return (pixels, photo.Width, photo.Height);
    }

    /// <summary>
    /// Walls, floors, carpets, cloth, leaves and ground under a sky, roughly: waves and blotches of all sizes in a few colours,
    /// of other colours beyond an edge.
    /// </summary>
    private static (Vector3[] Pixels, int Width, int Height) Pattern(Dice dice)
    {
        const int Size = 256;
        Span<Vector3> colours = [Skin.Cloth(dice), Skin.Cloth(dice), Skin.Cloth(dice)];
        var values = Blotches(dice, Size);
        var wave = new Vector2(dice.Normal(0.2f), dice.Normal(0.2f));
        var cross = new Vector2(-wave.Y, wave.X) * dice.Between(0, 1.5f);
        var (waves, hard, grain) = (dice.Between(0, 1), dice.Between(1, 12), dice.Between(0, 0.08f));
        var beyond = dice.Chance(0.4f) ? Skin.Cloth(dice) : (Vector3?)null;
        var edge = new Vector2(dice.Between(-1, 1), dice.Between(-1, 1));
        var (edgeAt, fade) = (Size / 2 * (edge.X + edge.Y + dice.Normal(0.3f)), dice.Between(0, 0.4f));
        var pixels = new Vector3[Size * Size];
        for (var i = 0; i < pixels.Length; i++)
        {
            var p = new Vector2(i % Size, i / Size);
            var stripes = Math.Clamp(0.5f + hard * MathF.Sin(Vector2.Dot(p, wave)) * MathF.Cos(Vector2.Dot(p, cross)) / 2, 0, 1);
            var mixed = Vector3.Lerp(Vector3.Lerp(colours[0], colours[1], Math.Clamp(values[i], 0, 1)), colours[2], waves * stripes);
            if (beyond is { } sky && Vector2.Dot(p, edge) + 20 * values[i] > edgeAt)
                mixed = Vector3.Lerp(sky, mixed, fade);
            pixels[i] = mixed + new Vector3(dice.Between(-grain, grain));
        }

        return (pixels, Size, Size);
    }

    // size×size values, about 0..1: of one size and hard or soft, or of all sizes like leaves and earth.
    private static float[] Blotches(Dice dice, int size)
    {
        const int Octaves = 6;
        var fractal = dice.Chance(0.5f);
        var rough = dice.Between(0.45f, 0.85f);
        using var sum = new Mat(size, size, MatType.CV_32FC1, Scalar.All(fractal ? 0.5 : 0));
        var strength = fractal ? 0.8f : 1;
        for (var octave = 0; octave < (fractal ? Octaves : 1); octave++, strength *= rough)
        {
            var (rows, columns) = fractal ? (3 << octave, 3 << octave) : (size / (8 << dice.Below(4)) + 2, size / (8 << dice.Below(4)) + 2);
            var middle = fractal ? 0.5f : 0;
            using var coarse = Mat.FromPixelData(
                rows, columns, MatType.CV_32FC1, Enumerable.Range(0, rows * columns).Select(_ => strength * (dice.Between(0, 1) - middle)).ToArray());
            using var wide = new Mat();
            var isHard = !fractal && dice.Chance(0.3f);
            Cv2.Resize(coarse, wide, new Size(size, size), 0, 0, isHard ? InterpolationFlags.Nearest : InterpolationFlags.Cubic);
            Cv2.Add(sum, wide, sum);
        }

        sum.GetArray(out float[] values);
        return values;
    }
}
