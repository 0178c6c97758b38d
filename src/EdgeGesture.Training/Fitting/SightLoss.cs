using System.Numerics;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// How far the guesses of where the hand is are off: whether it is in a place of the grid (cross-entropy in every place) and
/// in the picture at all (cross-entropy of the surest place, which is what the network goes by), and how it looks and moves
/// (squared error in the hand's places, absolute when far off), only in clips where that is known.
/// </summary>
public static class SightLoss
{
    // Of a grid's places hardly any shows a hand; most of the squares that are looked at alone do.
    private const float HandWeight = 8;

    private const double AnywhereWeight = 0.3;
    private const double LookWeight = 1;
    private const double PointWeight = 0.2;

    // How straight the fingers are is what the second look is for: most gestures hang on it.
    private const float FingerWeight = 2.5f;

    // Where, in spreads, the squared error becomes linear. It is least at the mean, so that doubt can be told; the absolute
    // error would be least at what is commonest: a finger is stretched, nothing ever moves.
    private const double Beta = 2;

    // About how much each number differs among hands.
    private static readonly float[] Spreads =
    [
        0.25f, 0.25f, 0.3f, 0.35f, 0.75f, 0.3f, 0.5f, 0.45f, 0.4f, 0.4f, 0.45f, 0.8f, 0.2f, // place to first person
        0.1f, 0.2f, 0.2f, 0.25f, 0.25f, // straight fingers
        .. Enumerable.Repeat(0.2f, 22),
    ];

    /// <summary>Guesses N×41×(g·g), of a grid or, where g is 1, of a square as a whole, to one number.</summary>
    public static Tensor Of(Tensor guesses, IReadOnlyList<FrameTarget> targets)
    {
        var places = (int)guesses.shape[2];
        var grid = (int)Math.Sqrt(places);
        var hand = new float[targets.Count * places];
        var weight = new float[targets.Count * places];
        var rows = new List<long>();
        var cells = new List<long>();
        var truths = new List<float>();
        var known = new List<float>();
        var seen = new float[targets.Count];
        var told = new float[targets.Count];
        for (var row = 0; row < targets.Count; row++)
        {
            if (targets[row].Sight is not { } sight)
                continue;
            weight.AsSpan(row * places, places).Fill(1);
            told[row] = 1;
            if (!sight.Visible)
                continue;
            seen[row] = 1;
            for (var cell = 0; cell < places; cell++)
            {
                var share = Share(sight, cell % grid, cell / grid, grid);
                if (share < 0.05f)
                    continue;
                hand[row * places + cell] = share;
                weight[row * places + cell] = places == 1 ? 1 : 1 + HandWeight * share;
                if (share < 0.3f)
                    continue;
                rows.Add(row);
                cells.Add(cell);
                for (var i = 1; i < HandSight.Count; i++)
                {
                    var value = sight.Values[i];
                    var isTold = !float.IsNaN(value) && (places > 1 || !HandSight.IsOfPicture(i));
                    var counts = places == 1 && HandSight.IsOfFinger(i) ? FingerWeight : 1;
                    truths.Add(isTold ? value : 0);
                    known.Add(isTold ? share * counts : 0);
                }
            }
        }

        var mask = tensor(weight).reshape(targets.Count, places);
        var presence = nn.functional.binary_cross_entropy_with_logits(
            guesses.select(1, 0), tensor(hand).reshape(targets.Count, places), mask, nn.Reduction.Sum) / (mask.sum() + 1e-6);
        if (places > 1)
        {
            var tellable = tensor(told);
            presence += nn.functional.binary_cross_entropy_with_logits(
                guesses.select(1, 0).amax([1]), tensor(seen), tellable, nn.Reduction.Sum) / (tellable.sum() + 1e-6) * AnywhereWeight;
        }

        if (rows.Count == 0)
            return presence;
        var there = guesses.permute(0, 2, 1).index([tensor(rows.ToArray()), tensor(cells.ToArray())]).narrow(1, 1, HandSight.Count - 1);
        var counted = tensor(known.ToArray()).reshape(rows.Count, HandSight.Count - 1);
        var spreads = tensor(Spreads);
        var look = nn.functional.smooth_l1_loss(
            there / spreads, tensor(truths.ToArray()).reshape(rows.Count, HandSight.Count - 1) / spreads, nn.Reduction.None, beta: Beta);
        return presence + (look * counted).sum() / (counted.sum() + 1e-6) * LookWeight;
    }

    /// <summary>What the second look makes of squares, guesses N×41 and maps N×12×(g·g), to one number.</summary>
    public static Tensor OfSquares(Tensor guesses, Tensor maps, IReadOnlyList<FrameTarget> targets) =>
        Of(guesses.unsqueeze(2), targets) + OfPoints(maps, targets);

    /// <summary>
    /// How far maps N×12×(g·g) of a square are from the places of the palm and the points that lie in it (cross-entropy; a
    /// point between cells is theirs by its distances), to one number.
    /// </summary>
    public static Tensor OfPoints(Tensor maps, IReadOnlyList<FrameTarget> targets)
    {
        var cells = (int)maps.shape[2];
        var grid = (int)Math.Sqrt(cells);
        var truth = new float[targets.Count * PointMaps.Count * cells];
        var count = 0;
        for (var row = 0; row < targets.Count; row++)
        {
            if (targets[row].Sight is not { Visible: true } sight)
                continue;
            Vector2[] points = [sight.Place, .. sight.PlacesOfPoints()];
            for (var i = 0; i < points.Length; i++)
            {
                var at = (points[i] + Vector2.One) * grid / 2 - new Vector2(0.5f);
                if (float.IsNaN(at.X) || MathF.Min(at.X, at.Y) < -0.5f || MathF.Max(at.X, at.Y) > grid - 0.5f)
                    continue;
                at = Vector2.Clamp(at, Vector2.Zero, new Vector2(grid - 1));
                var (x, y) = (Math.Min((int)at.X, grid - 2), Math.Min((int)at.Y, grid - 2));
                var (right, down) = (at.X - x, at.Y - y);
                var map = truth.AsSpan((row * PointMaps.Count + i) * cells, cells);
                map[y * grid + x] = (1 - right) * (1 - down);
                map[y * grid + x + 1] = right * (1 - down);
                map[(y + 1) * grid + x] = (1 - right) * down;
                map[(y + 1) * grid + x + 1] = right * down;
                count++;
            }
        }

        return -(tensor(truth).reshape(targets.Count, PointMaps.Count, cells) * maps.log_softmax(2)).sum() * (PointWeight / Math.Max(count, 1));
    }

    // How much a place of the grid is the hand's: 1 at the palm, less by distance, farther for a large hand.
    private static float Share(HandSight sight, int column, int row, int grid)
    {
        var place = new Vector2(column + 0.5f, row + 0.5f) * 2 / grid - Vector2.One;
        var reach = MathF.Max(1.4f / grid, 0.22f * MathF.Min(sight.Size, 1.5f));
        var away = Vector2.Clamp(sight.Place, new Vector2(-1 + 1f / grid), new Vector2(1 - 1f / grid)) - place;
        return MathF.Exp(-away.LengthSquared() / (2 * reach * reach));
    }
}
