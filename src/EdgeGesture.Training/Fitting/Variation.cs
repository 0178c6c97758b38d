using System.Numerics;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// A clip as another camera might have seen it: mirrored, nearer or farther, turned and moved a little, in other colours.
/// </summary>
public sealed class Variation
{
    private readonly bool _mirrored;
    private readonly float _zoom;
    private readonly Matrix3x2 _way; // of a place, −1..1 right and down, before any mirroring
    private readonly int[] _sources; // by pixel: the first byte of the pixel that comes there
    private readonly byte[][] _curves;

    private Variation(Dice dice, int size, bool mayMirror)
    {
        _mirrored = dice.Chance(0.5f) && mayMirror;
        _zoom = MathF.Exp(dice.Between(-0.2f, 0.2f));
        _way = Matrix3x2.CreateScale(_zoom) * Matrix3x2.CreateRotation(dice.Normal(0.06f))
            * Matrix3x2.CreateTranslation(dice.Between(-0.12f, 0.12f), dice.Between(-0.12f, 0.12f));
        _sources = Sources(size);
        _curves = ColourCurves.Draw(dice, gain: dice.Between(0.8f, 1.2f), lift: dice.Between(-20, 20));
    }

    /// <summary>A random variation for pictures of <paramref name="size"/> pixels a side; left and right may change places or not.</summary>
    public static Variation Random(Dice dice, int size, bool mayMirror) => new(dice, size, mayMirror);

    public StoredClip Of(StoredClip clip)
    {
        var pixels = new byte[clip.Pixels.Length];
        var frameBytes = _sources.Length * 3;
        for (var frame = 0; frame < pixels.Length; frame += frameBytes)
        {
            var seen = clip.Pixels.AsSpan(frame, frameBytes);
            var varied = pixels.AsSpan(frame, frameBytes);
            for (var i = 0; i < _sources.Length; i++)
            {
                var source = _sources[i];
                varied[i * 3] = _curves[0][seen[source]];
                varied[i * 3 + 1] = _curves[1][seen[source + 1]];
                varied[i * 3 + 2] = _curves[2][seen[source + 2]];
            }
        }

        var label = _mirrored ? GestureBook.MirroredIndex(clip.Label) : clip.Label;
        return new StoredClip(label, [.. clip.Targets.Select(Of)], pixels);
    }

    private FrameTarget Of(FrameTarget target)
    {
        var moved = target with { Sight = target.Sight?.Moved(_way, _zoom) };
        return _mirrored ? moved.Mirrored() : moved;
    }

    // Beyond the edge its last pixels go on.
    private int[] Sources(int size)
    {
        Matrix3x2.Invert(_way, out var back);
        var sources = new int[size * size];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var right = (_mirrored ? size - 1 - x : x) + 0.5f;
                var from = (Vector2.Transform(new Vector2(right, y + 0.5f) * 2 / size - Vector2.One, back) + Vector2.One) * size / 2;
                var column = Math.Clamp((int)from.X, 0, size - 1);
                var row = Math.Clamp((int)from.Y, 0, size - 1);
                sources[y * size + x] = (row * size + column) * 3;
            }
        }

        return sources;
    }
}
