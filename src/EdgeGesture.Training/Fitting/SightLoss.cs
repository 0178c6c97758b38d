using System.Numerics;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// How far the guesses of where the hand is are off: whether it is in a place of the grid (cross-entropy in every place) and
/// in the picture at all (cross-entropy of the surest place, which is what the network goes by), and how it looks and moves (smooth absolute error, in the hand's places), only in clips where that is known.
/// </summary>
public static class SightLoss
{
    // Of a grid's places hardly any shows a hand; most of the squares that are looked at alone do.
    private const float HandWeight = 8;

    private const double AnywhereWeight = 0.3;
    private const double LookWeight = 4;

    // Of the smooth absolute error, where it becomes linear. Of changes, taken over ChangeScale and enlarged again, it does so
    // ten times as far out: a hand rests in most frames, and the absolute error is least when nothing ever moves.
    private const double Beta = 0.1;
    private const double ChangeScale = 10;
    private const double ChangeWeight = 2;

    private static readonly float[] Scales =
        [.. Enumerable.Range(1, HandSight.Count - 1).Select(i => (float)(HandSight.IsChange(i) ? ChangeScale : 1))];

    private static readonly float[] Weights =
        [.. Enumerable.Range(1, HandSight.Count - 1).Select(i => (float)(HandSight.IsChange(i) ? ChangeScale * ChangeWeight : 1))];

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
                foreach (var value in sight.Values[1..])
                {
                    truths.Add(float.IsNaN(value) ? 0 : value);
                    known.Add(float.IsNaN(value) ? 0 : share);
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
        var scales = tensor(Scales);
        var look = nn.functional.smooth_l1_loss(
            there / scales, tensor(truths.ToArray()).reshape(rows.Count, HandSight.Count - 1) / scales, nn.Reduction.None, beta: Beta) * tensor(Weights);
        return presence + (look * counted).sum() / (counted.sum() + 1e-6) * LookWeight;
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
