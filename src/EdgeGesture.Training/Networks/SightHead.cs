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
        FineWeight = new Parameter(randn(Width, fine) * Math.Sqrt(1.0 / fine));
        FineBias = new Parameter(zeros(Width));
        CoarseWeight = new Parameter(randn(Width, coarse) * Math.Sqrt(1.0 / coarse));
        LookWeight = new Parameter(randn(HandSight.Count, Width) * 0.01);
        LookBias = new Parameter(zeros(HandSight.Count));
        using var quiet = no_grad();
        LookBias[0] = -3; // Most places show none.
    }

    /// <summary>128×C of the fine features.</summary>
    public Parameter FineWeight { get; }

    public Parameter FineBias { get; }

    /// <summary>128×C of the coarse features.</summary>
    public Parameter CoarseWeight { get; }

    /// <summary>41×128.</summary>
    public Parameter LookWeight { get; }

    public Parameter LookBias { get; }

    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        ("sight.fine.weight", FineWeight),
        ("sight.fine.bias", FineBias),
        ("sight.coarse.weight", CoarseWeight),
        ("sight.look.weight", LookWeight),
        ("sight.look.bias", LookBias),
    ];

    /// <summary>Features N×C×g×g and N×D×h×h (h about half of g) to guesses N×41×(g·g); the first is a logit.</summary>
    public Tensor Forward(Tensor fine, Tensor coarse)
    {
        using var spread = tensor(Spread((int)coarse.shape[3], (int)fine.shape[3])).reshape(coarse.shape[2] * coarse.shape[3], -1);
        var around = CoarseWeight.matmul(Flat(coarse)).matmul(spread);
        var seen = (FineWeight.matmul(Flat(fine)) + around + FineBias.unsqueeze(1)).relu();
        return LookWeight.matmul(seen) + LookBias.unsqueeze(1);
    }

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

    /// <summary>
    /// (coarse·coarse)×(fine·fine) shares that spread a coarse grid over a fine one bilinearly, pixel centres aligned.
    /// </summary>
    public static float[] Spread(int coarse, int fine)
    {
        var line = new float[coarse, fine];
        for (var i = 0; i < fine; i++)
        {
            var at = Math.Clamp((i + 0.5f) * coarse / fine - 0.5f, 0, coarse - 1);
            var first = Math.Min((int)at, coarse - 1);
            var second = Math.Min(first + 1, coarse - 1);
            line[first, i] += 1 - (at - first);
            line[second, i] += at - first;
        }

        var spread = new float[coarse * coarse * fine * fine];
        for (var from = 0; from < coarse * coarse; from++)
        {
            for (var to = 0; to < fine * fine; to++)
                spread[from * fine * fine + to] = line[from / coarse, to / fine] * line[from % coarse, to % fine];
        }

        return spread;
    }

    /// <summary>N×C×g×g to N×C×(g·g). Channels innermost in memory become channels first here: these tensors are small.</summary>
    public static Tensor Flat(Tensor x) => x.to_type(ScalarType.Float32).flatten(2);
}
