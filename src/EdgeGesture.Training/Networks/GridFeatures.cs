using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>Features of each place of a fine grid: what is seen there, and around it in a coarse grid.</summary>
public sealed class GridFeatures
{
    /// <param name="name">What the layers' names in weight files begin with.</param>
    /// <param name="fine">Channels of the fine features.</param>
    /// <param name="coarse">Channels of the coarse features.</param>
    /// <param name="width">Features of a place.</param>
    public GridFeatures(string name, int fine, int coarse, int width)
    {
        Name = name;
        FineWeight = new Parameter(randn(width, fine) * Math.Sqrt(1.0 / fine));
        FineBias = new Parameter(zeros(width));
        CoarseWeight = new Parameter(randn(width, coarse) * Math.Sqrt(1.0 / coarse));
    }

    public string Name { get; }

    /// <summary>Width×C of the fine features.</summary>
    public Parameter FineWeight { get; }

    public Parameter FineBias { get; }

    /// <summary>Width×D of the coarse features.</summary>
    public Parameter CoarseWeight { get; }

    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        ($"{Name}.fine.weight", FineWeight),
        ($"{Name}.fine.bias", FineBias),
        ($"{Name}.coarse.weight", CoarseWeight),
    ];

    /// <summary>Features N×C×g×g and N×D×h×h (h about half of g) to N×width×(g·g).</summary>
    public Tensor Forward(Tensor fine, Tensor coarse)
    {
        using var spread = tensor(Spread((int)coarse.shape[3], (int)fine.shape[3])).reshape(coarse.shape[2] * coarse.shape[3], -1);
        var around = CoarseWeight.matmul(Flat(coarse)).matmul(spread);
        return (FineWeight.matmul(Flat(fine)) + around + FineBias.unsqueeze(1)).relu();
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

    // Channels innermost in memory become channels first here: these tensors are small.
    private static Tensor Flat(Tensor x) => x.to_type(ScalarType.Float32).flatten(2);
}
