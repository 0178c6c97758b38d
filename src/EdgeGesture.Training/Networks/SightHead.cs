using EdgeGesture.Training.Synthesis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// Looks for the hand: at each place of a grid it says whether a hand is there and how that would look and move
/// (<see cref="HandSight"/>), from fine features of that place and coarse ones around it; then it attends to the place that
/// shows a hand most.
/// </summary>
public sealed class SightHead
{
    /// <summary>How much the attention is sharpened: a softmax over places would mix two hands of about the same strength.</summary>
    public const float Sharpness = 3;

    private const int Width = 128;

    public SightHead(int fine, int coarse)
    {
        Grid = new GridFeatures("sight", fine, coarse, Width);
        LookWeight = new Parameter(randn(HandSight.Count, Width) * 0.01);
        LookBias = new Parameter(zeros(HandSight.Count));
        using var quiet = no_grad();
        LookBias[0] = -3; // Most places show none.
    }

    /// <summary>To 128 features of each place.</summary>
    public GridFeatures Grid { get; }

    /// <summary>41×128.</summary>
    public Parameter LookWeight { get; }

    public Parameter LookBias { get; }

    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        .. Grid.Parameters,
        ("sight.look.weight", LookWeight),
        ("sight.look.bias", LookBias),
    ];

    /// <summary>Features N×C×g×g and N×D×h×h (h about half of g) to guesses N×41×(g·g); the first is a logit.</summary>
    public Tensor Forward(Tensor fine, Tensor coarse) => LookWeight.matmul(Grid.Forward(fine, coarse)) + LookBias.unsqueeze(1);

    /// <summary>Guesses N×41×places to the numbers of one hand, N×41, the first of them the probability that there is one, all 0 if not.</summary>
    public static Tensor Attend(Tensor guesses)
    {
        var found = Find(guesses);
        var visible = found.narrow(1, 0, 1);
        return cat([visible, found.narrow(1, 1, HandSight.Count - 1) * visible], 1);
    }

    /// <summary>Guesses N×41×places to the probability that there is a hand and how it looks if there is, N×41.</summary>
    public static Tensor Find(Tensor guesses)
    {
        var logits = guesses.narrow(1, 0, 1);
        var attention = (logits * Sharpness).softmax(2);
        var values = (guesses.narrow(1, 1, HandSight.Count - 1) * attention).sum([2]);
        return cat([logits.amax([2]).sigmoid(), values], 1);
    }
}
