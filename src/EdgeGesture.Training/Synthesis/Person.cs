using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>A drawn person who stands before the camera or behind the one who does; moves a little, as people do.</summary>
public sealed class Person
{
    // Of a drawn person, who is 10.5 units tall and 8 wide in the picture: materials/draw-people.mjs.
    private const float HeadTop = 0.6f / 10.5f;
    private const float HeadHeight = 2.3f / 10.5f;
    private const float PrintedShare = 0.4f;

    private readonly int _width;
    private readonly int _height;
    private readonly Vector4[] _pixels;
    private readonly Vector2 _corner;
    private readonly Sway _sway;
    private readonly Sway _nod;

    /// <param name="dice">The clip's random numbers.</param>
    /// <param name="file">The drawing: RGBA.</param>
    /// <param name="headHeight">How tall the head is to be, in pixels.</param>
    private Person(Dice dice, string file, float headHeight)
    {
        using var drawing = Cv2.ImRead(file, ImreadModes.Unchanged);
        if (drawing.Empty() || drawing.Channels() != 4)
            throw new TrainingException($"{file} is not a picture with transparency; take it out of the folder.");
        var shade = new Vector3(dice.Between(0.7f, 1.15f)) + dice.Offset(0.06f);
        drawing.GetArray(out Vec4b[] raw);

        // Colours times cover, so that nothing of the background shows at the edges after scaling.
        var covered = Array.ConvertAll(raw, pixel =>
        {
            var cover = pixel.Item3 / 255f;
            return new Vector4(new Vector3(pixel.Item2, pixel.Item1, pixel.Item0) / 255f * shade * cover, cover);
        });
        Skin = FaceColour(covered, drawing.Width, drawing.Height);
        if (dice.Chance(PrintedShare))
            Print.On(covered, drawing.Width, dice);
        var scale = headHeight / (HeadHeight * drawing.Height);
        (_width, _height) = ((int)(drawing.Width * scale), (int)(drawing.Height * scale));
        using var whole = Mat.FromPixelData(drawing.Height, drawing.Width, MatType.CV_32FC4, covered);
        using var scaled = new Mat();
        Cv2.Resize(whole, scaled, new Size(_width, _height), 0, 0, scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
        _pixels = MemoryMarshal.Cast<byte, Vector4>(scaled.AsSpan<byte>()).ToArray();

        // The body goes on below the picture's edge.
        var lowest = MathF.Min(Picture.Height / 2 - HeadTop * _height, 20 * Picture.Unit);
        var top = dice.Between(MathF.Max(Picture.Height + 4 * Picture.Unit - _height, -0.3f * headHeight - HeadTop * _height), lowest);
        _corner = new Vector2(Picture.Width / 2 + dice.Normal(22 * Picture.Unit) - _width / 2f, top);
        var lively = dice.Chance(0.3f);
        _sway = new Sway(dice, Picture.Unit * (lively ? 10 : dice.Between(0, 3)));
        _nod = new Sway(dice, Picture.Unit * (lively ? 4 : dice.Between(0, 1.5f)));
    }

    /// <summary>About the colour of the face, RGB in 0..1; null where hair or glasses hide it.</summary>
    public Vector3? Skin { get; }

    /// <summary>The people of a clip, the farthest first: often one, sometimes somebody behind; none where nobody is drawn.</summary>
    public static IReadOnlyList<Person> Some(Dice dice, Sources sources)
    {
        var people = new List<Person>();
        if (sources.People.Count == 0)
            return people;
        if (dice.Chance(0.2f))
            people.Add(new Person(dice, dice.Pick(sources.People), Picture.Unit * dice.Between(27, 34)));
        if (dice.Chance(0.65f))
            people.Add(new Person(dice, dice.Pick(sources.People), Picture.Unit * dice.Between(27, 64)));
        return people;
    }

    /// <summary>Paints the person over the picture as they are at a time.</summary>
    public void Paint(Picture picture, float seconds)
    {
        const float Reach = 16 * Picture.Unit;
        var sway = _sway.At(seconds);
        var head = sway + _nod.At(seconds);
        for (var y = Math.Max((int)(_corner.Y - Reach), 0); y < Picture.Height; y++)
        {
            // The head moves most, the hips hardly.
            var down = Math.Clamp((y - _corner.Y) / _height / (2 * (HeadTop + HeadHeight)), 0, 1);
            var from = _corner + Vector2.Lerp(head, sway * 0.5f, down);
            for (var x = Math.Max((int)(from.X - 1), 0); x < Math.Min(from.X + _width + 1, Picture.Width); x++)
            {
                var pixel = Sample(x - from.X, y - from.Y);
                var at = (y * Picture.Width + x) * 3;
                picture.Values[at] = picture.Values[at] * (1 - pixel.W) + pixel.X;
                picture.Values[at + 1] = picture.Values[at + 1] * (1 - pixel.W) + pixel.Y;
                picture.Values[at + 2] = picture.Values[at + 2] * (1 - pixel.W) + pixel.Z;
            }
        }
    }

    private Vector4 Sample(float x, float y)
    {
        if (x < 0 || y < 0 || x >= _width - 1 || y >= _height - 1)
            return Vector4.Zero;
        var (ix, iy) = ((int)x, (int)y);
        var at = iy * _width + ix;
        return Vector4.Lerp(
            Vector4.Lerp(_pixels[at], _pixels[at + 1], x - ix), Vector4.Lerp(_pixels[at + _width], _pixels[at + _width + 1], x - ix), y - iy);
    }

    // The median of the middle of where the face is, eyes and mouth and a lock of hair or not.
    private static Vector3? FaceColour(Vector4[] pixels, int width, int height)
    {
        var face = new List<Vector3>();
        for (var y = (int)((HeadTop + 0.45f * HeadHeight) * height); y < (HeadTop + 0.85f * HeadHeight) * height; y++)
        {
            for (var x = (int)(0.46f * width); x < 0.54f * width; x++)
            {
                if (pixels[y * width + x].W == 1)
                    face.Add(pixels[y * width + x].AsVector3());
            }
        }

        face.Sort((a, b) => (a.X + a.Y + a.Z).CompareTo(b.X + b.Y + b.Z));
        return face.Count > 0 && face[face.Count / 2] is var middle && middle.X > 0.2f && middle.X > middle.Y ? middle : null;
    }
}
