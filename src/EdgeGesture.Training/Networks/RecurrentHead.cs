using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// From the features of each frame to its scores, with a memory of the whole gesture: the shift reaches a second back, a
/// gated recurrent unit (Cho et al., arXiv 1406.1078) as far as it learns to. The features are narrowed first; the scores
/// are linear in what is seen now and what is remembered.
/// </summary>
public sealed class RecurrentHead : nn.Module
{
    /// <summary>Numbers that are remembered from frame to frame.</summary>
    public const int Width = 96;

    public RecurrentHead(int features, int labels)
        : base("head")
    {
        Projection = nn.Linear(features, Width);
        Unit = nn.GRU(Width, Width);
        Seen = nn.Linear(Width, labels);
        Remembered = nn.Linear(Width, labels, hasBias: false);
        RegisterComponents();
        eval();
    }

    public Linear Projection { get; }

    /// <summary>Gates in the order reset, update, new; the reset gate acts behind the recurrent matrix.</summary>
    public GRU Unit { get; }

    public Linear Seen { get; }

    public Linear Remembered { get; }

    /// <summary>Features (frames·clips)×F, time-major, nothing remembered at first, to (frames·clips)×labels scores (logits).</summary>
    public Tensor Forward(Tensor features, int clips)
    {
        // While learning, a feature is missing in all frames of a clip or in none.
        const double MissingFeatures = 0.1;
        const double Dropout = 0.2;
        var sequences = features.reshape(-1, clips, features.shape[1]);
        if (training)
            sequences = sequences * nn.functional.dropout(ones(1, clips, features.shape[1]), MissingFeatures, training: true);
        var seen = Projection.forward(sequences).relu();
        var (remembered, _) = Unit.call(nn.functional.dropout(seen, Dropout, training));
        var scores = Seen.forward(nn.functional.dropout(seen, Dropout, training)) + Remembered.forward(nn.functional.dropout(remembered, Dropout, training));
        return scores.flatten(0, 1);
    }

    /// <summary>Takes features less <paramref name="mean"/> over <paramref name="spread"/> (F each) from now on, as it took them as they are.</summary>
    public void UnfoldNormalisation(Tensor mean, Tensor spread)
    {
        using var quiet = no_grad();
        Projection.bias!.add_(Projection.weight.mv(mean));
        Projection.weight.mul_(spread);
    }

    /// <summary>Takes features as they are, after it has learnt on features less <paramref name="mean"/> over <paramref name="spread"/> (F each).</summary>
    public void FoldNormalisation(Tensor mean, Tensor spread)
    {
        using var quiet = no_grad();
        Projection.weight.div_(spread);
        Projection.bias!.sub_(Projection.weight.mv(mean));
    }
}
