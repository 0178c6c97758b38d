using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// From the features of each frame to its scores, with a memory of the whole gesture: the shift reaches a second back, a
/// gated recurrent unit (Cho et al., arXiv 1406.1078) as far as it learns to. Beside each feature it is given the change
/// since the frame before, as a motion is easier to see in differences; before the first frame there are zeros. All that
/// is narrowed first; the scores are linear in what is seen now and what is remembered.
/// </summary>
public sealed class RecurrentHead : nn.Module
{
    /// <summary>Numbers that are remembered from frame to frame.</summary>
    public const int Width = 128;

    /// <summary>By how much changes are enlarged: those from frame to frame are small.</summary>
    public const float ChangeScale = 5;

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
        var before = cat([zeros_like(sequences.narrow(0, 0, 1)), sequences.narrow(0, 0, sequences.shape[0] - 1)], 0);
        var seen = Projection.forward(cat([sequences, (sequences - before) * ChangeScale], 2)).relu();
        var (remembered, _) = Unit.call(nn.functional.dropout(seen, Dropout, training));
        var scores = Seen.forward(nn.functional.dropout(seen, Dropout, training)) + Remembered.forward(nn.functional.dropout(remembered, Dropout, training));
        return scores.flatten(0, 1);
    }

    /// <summary>Takes features over <paramref name="spread"/> (F) from now on, as it took them as they are.</summary>
    public void UnfoldNormalisation(Tensor spread)
    {
        using var quiet = no_grad();
        Projection.weight.mul_(cat([spread, spread], 0));
    }

    /// <summary>Takes features as they are, after it has learnt on features over <paramref name="spread"/> (F).</summary>
    public void FoldNormalisation(Tensor spread)
    {
        using var quiet = no_grad();
        Projection.weight.div_(cat([spread, spread], 0));
    }
}
