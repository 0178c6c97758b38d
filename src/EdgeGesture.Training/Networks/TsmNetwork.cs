using EdgeGesture.Training.Synthesis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// MobileNetV2 of width 1.0 with the temporal shift of the published online system: blocks 2 4 5 7 8 9 11 12 14 15 of
/// 17 take an eighth of their channels from the frame before. It is trained on whole clips at once; the exported model
/// does the same one frame at a time, with the shifted channels as its state. In place of the published pooling over the
/// whole picture it attends to the hand (<see cref="SightHead"/>). For comparison only, its 3D twin can be
/// made: without the shift, but with depthwise kernels that span three frames.
/// </summary>
public sealed class TsmNetwork
{
    /// <summary>The last block of an S/16 grid: fine enough to place a hand, late enough to know what one is.</summary>
    public const int FineBlock = 12;

    private static readonly int[] ShiftedBlocks = [2, 4, 5, 7, 8, 9, 11, 12, 14, 15];

    // Sandler et al., "MobileNetV2" (arXiv 1801.04381), table 2: expansion, outputs, repeats, stride of the first.
    private static readonly (int Expansion, int Outputs, int Repeats, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    private const int TwinTaps = 3;

    public TsmNetwork(int labels, bool twin3d = false)
    {
        Stem = new ConvLayer("features.0", 3, 32, kernel: 3, stride: 2, depthwise: false, relu6: true);
        var blocks = new List<InvertedResidual>();
        var inputs = 32;
        foreach (var (expansion, outputs, repeats, stride) in Stages)
        {
            for (var i = 0; i < repeats; i++)
            {
                blocks.Add(new InvertedResidual(
                    $"features.{blocks.Count + 1}", inputs, outputs, i == 0 ? stride : 1, expansion,
                    shifted: !twin3d && ShiftedBlocks.Contains(blocks.Count), taps: twin3d ? TwinTaps : 1));
                inputs = outputs;
            }
        }

        Blocks = blocks;
        Sight = new SightHead(Blocks[FineBlock].Outputs, inputs);
        Head = new RecurrentHead(HandSight.Count, labels);
        Convolutions = [Stem, .. blocks.SelectMany(block => block.Layers)];
        Labels = labels;
    }

    public ConvLayer Stem { get; }

    public IReadOnlyList<InvertedResidual> Blocks { get; }

    /// <summary>What finds the hand in the features of a frame.</summary>
    public SightHead Sight { get; }

    /// <summary>What the scores come from.</summary>
    public RecurrentHead Head { get; }

    /// <summary>All convolutions.</summary>
    public IReadOnlyList<ConvLayer> Convolutions { get; }

    public int Labels { get; }

    /// <summary>Every parameter with its name in weight files.</summary>
    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        .. Convolutions.SelectMany(layer => new[] { ($"{layer.Name}.weight", layer.Weight), ($"{layer.Name}.bias", layer.Bias) }),
        .. Sight.Parameters,
        .. Head.named_parameters().Select(p => ($"head.{p.name}", p.parameter)),
    ];

    /// <summary>
    /// Pictures (frames·clips)×3×S×S in −1..1, time-major, through the stem and the first <paramref name="blocks"/>
    /// blocks.
    /// </summary>
    public Tensor ForwardStem(Tensor pictures, int clips, int blocks)
    {
        var x = Stem.Forward(pictures, clips);
        for (var i = 0; i < blocks; i++)
            x = Blocks[i].Forward(x, clips);
        return x;
    }

    /// <summary>
    /// What <see cref="ForwardStem"/> gave through the other blocks: guesses of where the hand is and how it looks,
    /// (frames·clips)×41×(S/16·S/16).
    /// </summary>
    public Tensor ForwardRest(Tensor x, int clips, int firstBlock)
    {
        for (var i = firstBlock; i <= FineBlock; i++)
            x = Blocks[i].Forward(x, clips);
        var fine = x;
        for (var i = FineBlock + 1; i < Blocks.Count; i++)
            x = Blocks[i].Forward(x, clips);
        return Sight.Forward(fine, x);
    }

    /// <summary>Pictures (frames·clips)×3×S×S in −1..1, time-major, to the numbers of one hand, (frames·clips)×41.</summary>
    public Tensor See(Tensor pictures, int clips) => SightHead.Attend(ForwardRest(Stem.Forward(pictures, clips), clips, 0));

    /// <summary>Pictures (frames·clips)×3×S×S in −1..1, time-major, to (frames·clips)×labels scores (logits).</summary>
    public Tensor Forward(Tensor pictures, int clips) => Head.Forward(See(pictures, clips), clips);

    /// <summary>Multiplications with addition that one frame of <paramref name="size"/>×size pixels takes.</summary>
    public long MultiplyAdds(int size)
    {
        var total = 0L;
        foreach (var layer in Convolutions)
        {
            size = layer.OutputSize(size);
            total += layer.Weight.numel() * size * size;
        }

        return total;
    }
}
