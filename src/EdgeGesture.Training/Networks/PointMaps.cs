using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// Where the palm and the points of the hand are in the square of <see cref="CloseLook"/>: for each a map of a fine grid,
/// whose softmax says how likely the point lies in each cell, and the mean place of it (integral regression, Sun et al.,
/// arXiv 1711.08229). A map is learnt from fewer pictures than a number, and it says of a doubtful point the middle.
/// </summary>
public sealed class PointMaps
{
    /// <summary>The palm, then the eleven points that are told.</summary>
    public const int Count = 12;

    private const int Width = 64;

    public PointMaps(string prefix, int fine, int coarse)
    {
        Grid = new GridFeatures($"{prefix}points", fine, coarse, Width);
        MapWeight = new Parameter(randn(Count, Width) * 0.1);
    }

    /// <summary>To 64 features of each place.</summary>
    public GridFeatures Grid { get; }

    /// <summary>12×64.</summary>
    public Parameter MapWeight { get; }

    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        .. Grid.Parameters,
        ($"{Grid.Name}.map.weight", MapWeight),
    ];

    /// <summary>Features N×C×g×g and N×D×h×h (h about half of g) to maps N×12×(g·g), as logits.</summary>
    public Tensor Forward(Tensor fine, Tensor coarse) => MapWeight.matmul(Grid.Forward(fine, coarse));

    /// <summary>Maps N×12×(g·g) to the mean places N×12×2, −1..1 right and down.</summary>
    public static Tensor Places(Tensor maps)
    {
        using var cells = tensor(Cells((int)Math.Sqrt(maps.shape[2]))).reshape(-1, 2);
        return maps.softmax(2).matmul(cells);
    }

    /// <summary>The middles of a grid's cells, (g·g)×2.</summary>
    public static float[] Cells(int grid) =>
        [.. Enumerable.Range(0, grid * grid).SelectMany(i => new[] { (i % grid + 0.5f) * 2 / grid - 1, (i / grid + 0.5f) * 2 / grid - 1 })];
}
