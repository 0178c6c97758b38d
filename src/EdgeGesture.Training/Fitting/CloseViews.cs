using System.Numerics;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Squares that the second look learns from, as another camera might see them: turned, mirrored, in other colours. Around
/// hands they lie as the first look might place them, not quite in the middle, too large or too small; in frames without a
/// hand they lie where the first look takes something for one, a face mostly. Some squares lie anywhere.
/// </summary>
public sealed class CloseViews
{
    private const int FramesOfClip = 4;
    private const int SquareBytes = CloseLook.Side * CloseLook.Side * 3;
    private const float LeastPlaceError = 0.03f; // standard deviation, hand lengths
    private const float LargestPlaceError = 0.4f;
    private const float SizeError = 0.2f; // standard deviation of its logarithm
    private const float AnywhereShare = 0.12f;
    private const float Turn = 0.25f; // standard deviation, radians

    private readonly Dice _dice;
    private readonly int _size;
    private readonly byte[] _pixels;
    private readonly FrameTarget[] _targets;
    private readonly byte[] _labels;
    private readonly List<(int Square, byte[] Picture)> _withoutHand = []; // still to be cut out

    private CloseViews(Dice dice, int size, int count)
    {
        (_dice, _size) = (dice, size);
        _pixels = new byte[count * SquareBytes];
        _targets = new FrameTarget[count];
        _labels = new byte[count];
    }

    /// <summary>Squares of random frames, four of each clip.</summary>
    /// <param name="clips">Clips with pictures; the frames of which nobody knows where the hand is teach nothing.</param>
    /// <param name="dice">Chooses; it is not used any more after the call.</param>
    /// <param name="count">How many squares.</param>
    public static CloseViews Draw(ClipFolder clips, Dice dice, int count)
    {
        // These views' own, as they are completed while the next are drawn elsewhere: random numbers that two threads
        // draw at once can end up as zeros for good.
        dice = new Dice(dice.Below(int.MaxValue));
        var views = new CloseViews(dice, clips.Size, count);
        for (var first = 0; first < count; first += FramesOfClip)
        {
            var index = dice.Below(clips.Count);
            var clip = clips.ReadTargets(index);
            for (var i = first; i < Math.Min(first + FramesOfClip, count); i++)
            {
                var frame = dice.Below(clip.Targets.Count);
                var picture = clips.ReadPixels(index, frame, 1);
                Dithering.MayApply(picture, clips.Size, dice);
                (views._labels[i], views._targets[i]) = (clip.Label, clip.Targets[frame]);
                if (dice.Chance(AnywhereShare))
                    views.CutAnywhere(i, picture);
                else if (clip.Targets[frame].Sight is { Visible: true } sight)
                    views.CutAround(i, picture, sight.Place, sight.Size);
                else
                    views._withoutHand.Add((i, picture));
            }
        }

        return views;
    }

    /// <summary>Lets the first look choose where to look in frames without a hand; then all squares are one batch.</summary>
    public Batch Complete(TsmNetwork network)
    {
        if (_withoutHand.Count > 0)
        {
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var pictures = new Batch(_withoutHand.Count, _size, [.. _withoutHand.SelectMany(one => one.Picture)], new FrameTarget[_withoutHand.Count], []);
            var found = network.Find(pictures.Input(TrainingDevice.NumberType), _withoutHand.Count).cpu().data<float>().ToArray();
            for (var i = 0; i < _withoutHand.Count; i++)
            {
                var hand = HandSight.FromArray(found.AsSpan(i * HandSight.Count, HandSight.Count));
                CutAround(_withoutHand[i].Square, _withoutHand[i].Picture, hand.Place, hand.Size);
            }

            _withoutHand.Clear();
        }

        return new Batch(_targets.Length, CloseLook.Side, _pixels, _targets, _labels);
    }

    private void CutAnywhere(int square, ReadOnlySpan<byte> picture) => Cut(
        square, picture, new Vector2(_dice.Between(-1, 1), _dice.Between(-1, 1)),
        MathF.Exp(_dice.Between(MathF.Log(CloseLook.LeastHalf), MathF.Log(CloseLook.LargestHalf))));

    // Most hands are found well, some badly.
    private void CutAround(int square, ReadOnlySpan<byte> picture, Vector2 place, float size)
    {
        var error = size * MathF.Exp(_dice.Between(MathF.Log(LeastPlaceError), MathF.Log(LargestPlaceError)));
        Cut(
            square, picture, place + new Vector2(_dice.Normal(error), _dice.Normal(error)),
            CloseLook.Reach * size * MathF.Exp(_dice.Normal(SizeError)));
    }

    // Fills the square and moves what its target says with it.
    private void Cut(int square, ReadOnlySpan<byte> picture, Vector2 middle, float half)
    {
        half = Math.Clamp(half, CloseLook.LeastHalf, CloseLook.LargestHalf);
        var mirrored = _dice.Chance(0.5f);
        var way = Matrix3x2.CreateTranslation(-Vector2.Clamp(middle, -Vector2.One, Vector2.One))
            * Matrix3x2.CreateScale(1 / half) * Matrix3x2.CreateRotation(_dice.Normal(Turn));
        Matrix3x2.Invert(way, out var back);
        var colours = ColourCurves.Draw(_dice, gain: MathF.Exp(_dice.Between(-0.4f, 0.3f)), lift: _dice.Between(-30, 30));
        Sample(picture, _size, mirrored ? Matrix3x2.CreateScale(-1, 1) * back : back, colours, _pixels.AsSpan(square * SquareBytes, SquareBytes));
        var moved = _targets[square].Sight?.Moved(way, 1 / half);
        _targets[square] = _targets[square] with { Sight = mirrored ? moved?.Mirrored() : moved };
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
