using System.Numerics;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Squares around hands, as the first look might place them and another camera might see them: not quite in the middle, too
/// large or too small, turned, mirrored, in other colours; and some that show no hand.
/// </summary>
public static class CloseViews
{
    private const int FramesOfClip = 4;
    private const float PlaceError = 0.1f; // standard deviation, halves of the picture
    private const float SizeError = 0.25f; // standard deviation of its logarithm
    private const float MissShare = 0.12f; // of the squares, those that are somewhere
    private const float Turn = 0.15f; // standard deviation, radians

    /// <summary>Squares of random frames, four of each clip, as one batch.</summary>
    /// <param name="clips">Clips with pictures; the frames of which nobody knows where the hand is teach nothing.</param>
    /// <param name="dice">Chooses.</param>
    /// <param name="count">How many squares.</param>
    public static Batch Draw(ClipFolder clips, Dice dice, int count)
    {
        const int Bytes = CloseLook.Side * CloseLook.Side * 3;
        var (pixels, targets, labels) = (new byte[count * Bytes], new FrameTarget[count], new byte[count]);
        for (var first = 0; first < count; first += FramesOfClip)
        {
            var index = dice.Below(clips.Count);
            var clip = clips.ReadTargets(index);
            for (var i = first; i < Math.Min(first + FramesOfClip, count); i++)
            {
                var frame = dice.Below(clip.Targets.Count);
                labels[i] = clip.Label;
                targets[i] = clip.Targets[frame] with
                {
                    Sight = View(dice, clip.Targets[frame].Sight, clips.ReadPixels(index, frame, 1), clips.Size, pixels.AsSpan(i * Bytes, Bytes)),
                };
            }
        }

        return new Batch(count, CloseLook.Side, pixels, targets, labels);
    }

    // Fills the square and gives what it shows.
    private static HandSight? View(Dice dice, HandSight? sight, ReadOnlySpan<byte> picture, int size, Span<byte> square)
    {
        var (middle, half) = sight is { Visible: true } && !dice.Chance(MissShare)
            ? (sight.Place + new Vector2(dice.Normal(PlaceError), dice.Normal(PlaceError)), CloseLook.Reach * sight.Size * MathF.Exp(dice.Normal(SizeError)))
            : (new Vector2(dice.Between(-1, 1), dice.Between(-1, 1)), MathF.Exp(dice.Between(MathF.Log(CloseLook.LeastHalf), MathF.Log(CloseLook.LargestHalf))));
        half = Math.Clamp(half, CloseLook.LeastHalf, CloseLook.LargestHalf);
        var mirrored = dice.Chance(0.5f);
        var way = Matrix3x2.CreateTranslation(-Vector2.Clamp(middle, -Vector2.One, Vector2.One))
            * Matrix3x2.CreateScale(1 / half) * Matrix3x2.CreateRotation(dice.Normal(Turn));

        Matrix3x2.Invert(way, out var back);
        Sample(picture, size, mirrored ? Matrix3x2.CreateScale(-1, 1) * back : back, Colours(dice), square);
        var moved = sight?.Moved(way, 1 / half);
        return mirrored ? moved?.Mirrored() : moved;
    }

    private static byte[][] Colours(Dice dice)
    {
        var (gain, lift) = (dice.Between(0.75f, 1.25f), dice.Between(-25, 25));
        return [.. Enumerable.Range(0, 3).Select(_ =>
        {
            var own = gain * dice.Between(0.93f, 1.07f);
            return Enumerable.Range(0, 256).Select(v => (byte)Math.Clamp((v - 128) * own + 128 + lift, 0, 255)).ToArray();
        })];
    }

    // Bilinear; beyond the edge its last pixels go on. As the network itself cuts out its square.
    private static void Sample(ReadOnlySpan<byte> picture, int size, Matrix3x2 back, byte[][] colours, Span<byte> square)
    {
        var at = 0;
        for (var y = 0; y < CloseLook.Side; y++)
        {
            for (var x = 0; x < CloseLook.Side; x++)
            {
                var place = Vector2.Transform(new Vector2(x + 0.5f, y + 0.5f) * 2 / CloseLook.Side - Vector2.One, back);
                var from = Vector2.Clamp((place + Vector2.One) * size / 2 - new Vector2(0.5f), Vector2.Zero, new Vector2(size - 1));
                var (column, row) = (Math.Min((int)from.X, size - 2), Math.Min((int)from.Y, size - 2));
                var (right, down) = (from.X - column, from.Y - row);
                var source = (row * size + column) * 3;
                for (var c = 0; c < 3; c++, source++)
                {
                    var above = picture[source] + (picture[source + 3] - picture[source]) * right;
                    var below = picture[source + size * 3] + (picture[source + size * 3 + 3] - picture[source + size * 3]) * right;
                    square[at++] = colours[c][(int)(above + (below - above) * down + 0.5f)];
                }
            }
        }
    }
}
