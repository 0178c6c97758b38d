using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// How far the guesses of where the hand is are off: whether it is in a place of the grid (cross-entropy in every place),
/// and how it looks and moves (smooth absolute error, in the hand's own place), only in clips where that is known.
/// </summary>
public static class SightLoss
{
    private const float HandWeight = 12;

    /// <summary>Guesses (frames·clips)×12×g×g to one number.</summary>
    public static Tensor Of(Tensor guesses, IReadOnlyList<FrameTarget> targets)
    {
        var grid = (int)guesses.shape[2];
        var hand = new float[targets.Count * grid * grid];
        var weight = new float[targets.Count * grid * grid];
        var rows = new List<long>();
        var places = new List<long>();
        var truths = new List<float>();
        for (var row = 0; row < targets.Count; row++)
        {
            if (targets[row].Sight is not { } sight)
                continue;
            weight.AsSpan(row * grid * grid, grid * grid).Fill(1);
            if (sight.Visible == 0)
                continue;
            var place = Cell(sight.Place.Y, grid) * grid + Cell(sight.Place.X, grid);
            hand[row * grid * grid + place] = 1;
            weight[row * grid * grid + place] = HandWeight;
            rows.Add(row);
            places.Add(place);
            truths.AddRange(sight.ToArray());
        }

        var flat = guesses.reshape(targets.Count, HandSight.Count, grid * grid);
        var mask = tensor(weight).reshape(targets.Count, grid * grid);
        var presence = nn.functional.binary_cross_entropy_with_logits(
            flat.select(1, 0), tensor(hand).reshape(targets.Count, grid * grid), mask, nn.Reduction.Sum) / (mask.sum() + 1e-6);
        if (rows.Count == 0)
            return presence;
        var there = flat.permute(0, 2, 1).index([tensor(rows.ToArray()), tensor(places.ToArray())]);
        var truth = tensor(truths.ToArray()).reshape(rows.Count, HandSight.Count);

        // The first number is the presence itself.
        var look = nn.functional.smooth_l1_loss(there.narrow(1, 1, HandSight.Count - 1), truth.narrow(1, 1, HandSight.Count - 1), beta: 0.2);
        return presence + look;
    }

    private static int Cell(float place, int grid) => Math.Clamp((int)((place + 1) / 2 * grid), 0, grid - 1);
}
