using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// From the features of each frame to its scores, with a memory of the whole gesture: the shift reaches a second back, a
/// gated recurrent unit (Cho et al., arXiv 1406.1078) as far as it learns to. Beside each feature it is given the change
/// since the last few frames (their exponential average), as a motion is easier to see in differences; before the first
/// frame there are zeros. All that is narrowed first; the scores are linear in what is seen now and what is remembered.
/// </summary>
/// <remarks>
/// The first feature is how surely the others are known, which come times it. Their changes are taken from the frames in
/// which they were known, times how surely: a hand that comes into the picture has not moved yet.
/// </remarks>
public sealed class RecurrentHead : nn.Module
{
    /// <summary>Numbers that are remembered from frame to frame.</summary>
    public const int Width = 128;

    /// <summary>By how much changes are enlarged: they are small.</summary>
    public const float ChangeScale = 2;

    /// <summary>
    /// The newest frame's share in the average. The difference to an average over 2.5 frames is 2.5 times that to the frame
    /// before in a steady motion, but the errors of single frames weigh less in it.
    /// </summary>
    public const float NewestShare = 0.4f;

    public RecurrentHead(int features, int labels)
        : base("head")
    {
        Projection = nn.Linear(2 * features, Width);
        Unit = nn.GRU(Width, Width);
        Seen = nn.Linear(Width, labels);
        Remembered = nn.Linear(Width, labels, hasBias: false);

        // By hand, as otherwise the compiler's names of the fields would stand in weight files and errors.
        register_module("projection", Projection);
        register_module("unit", Unit);
        register_module("seen", Seen);
        register_module("remembered", Remembered);
        eval();
    }

    /// <summary>Of the features, then of their changes.</summary>
    public Linear Projection { get; }

    /// <summary>Gates in the order reset, update, new; the reset gate acts behind the recurrent matrix.</summary>
    public GRU Unit { get; }

    public Linear Seen { get; }

    public Linear Remembered { get; }

    /// <summary>Features (frames·clips)×F, time-major, nothing remembered at first, to (frames·clips)×labels scores (logits).</summary>
    public Tensor Forward(Tensor features, int clips)
    {
        // While learning, a feature is missing in all frames of a clip or in none.
        const double MissingFeatures = 0.05;
        const double Dropout = 0.1;
        var sequences = features.reshape(-1, clips, features.shape[1]);
        if (training)
            sequences = sequences * nn.functional.dropout(ones(1, clips, features.shape[1]), MissingFeatures, training: true);
        var seen = Projection.forward(cat([sequences, Changes(sequences) * ChangeScale], 2)).relu();
        var (remembered, _) = Unit.call(nn.functional.dropout(seen, Dropout, training));
        var scores = Seen.forward(nn.functional.dropout(seen, Dropout, training)) + Remembered.forward(nn.functional.dropout(remembered, Dropout, training));
        return scores.flatten(0, 1);
    }

    /// <summary>
    /// Weights or biases of the unit's gates in the order that ONNX has them in, update, reset, new
    /// (onnx.ai/onnx/operators/onnx__GRU.html); and back.
    /// </summary>
    public static Tensor SwapGates(Tensor gates)
    {
        var parts = gates.chunk(3);
        return cat([parts[1], parts[0], parts[2]]);
    }

    /// <summary>Takes features over <paramref name="spread"/> (F) from now on, as it took them as they are.</summary>
    public void UnfoldNormalisation(Tensor spread)
    {
        using var quiet = no_grad();
        Projection.weight.mul_(Spreads(spread));
    }

    /// <summary>Takes features as they are, after it has learnt on features over <paramref name="spread"/> (F).</summary>
    public void FoldNormalisation(Tensor spread)
    {
        using var quiet = no_grad();
        Projection.weight.div_(Spreads(spread));
    }

    // Frames×clips×F to the same shape.
    private static Tensor Changes(Tensor sequences)
    {
        var (frames, clips, features) = ((int)sequences.shape[0], sequences.shape[1], sequences.shape[2]);
        using var shares = tensor(SharesBefore(frames)).reshape(frames, frames);
        var before = shares.matmul(sequences.reshape(frames, -1)).reshape(frames, clips, features);
        var (sure, sureBefore) = (sequences.narrow(2, 0, 1), before.narrow(2, 0, 1));
        return cat([sure - sureBefore, sureBefore * sequences.narrow(2, 1, features - 1) - sure * before.narrow(2, 1, features - 1)], 2);
    }

    // frames×frames: how much each earlier frame weighs in the average that a frame is compared with.
    private static float[] SharesBefore(int frames)
    {
        var shares = new float[frames * frames];
        for (var frame = 1; frame < frames; frame++)
        {
            for (var earlier = 0; earlier < frame; earlier++)
                shares[frame * frames + earlier] = NewestShare * MathF.Pow(1 - NewestShare, frame - 1 - earlier);
        }

        return shares;
    }

    // Of the features and of their changes, which but for the first come times the first.
    private static Tensor Spreads(Tensor spread)
    {
        var first = spread.narrow(0, 0, 1);
        return cat([spread, first, first * spread.narrow(0, 1, spread.shape[0] - 1)], 0);
    }
}
