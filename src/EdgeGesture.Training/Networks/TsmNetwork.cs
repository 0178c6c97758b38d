using EdgeGesture.Training.Synthesis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// MobileNetV2 of width 1.0 with the temporal shift of the published online system: blocks 2 4 5 7 8 9 11 12 14 15 of
/// 17 take an eighth of their channels from the frame before. It is trained on whole clips at once; the exported model
/// does the same one frame at a time, with the shifted channels as its state. For comparison only, its 3D twin can be
/// made: without the shift, but with depthwise kernels that span three frames.
/// </summary>
public sealed class TsmNetwork
{
    /// <summary>Features that the convolutions give for each frame.</summary>
    public const int Features = 1280;

    // The last block of an S/16 grid: fine enough to place a hand, late enough to know what one is.
    private const int SightBlock = 12;

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
        Last = new ConvLayer("features.18", inputs, Features, kernel: 1, stride: 1, depthwise: false, relu6: true);
        ClassifierWeight = new Parameter(randn(labels, Features) * 0.01);
        ClassifierBias = new Parameter(zeros(labels));
        SightWeight = new Parameter(randn(HandSight.Count, Blocks[SightBlock].Outputs, 1, 1) * 0.01);
        SightBias = new Parameter(zeros(HandSight.Count));
        Head = new RecurrentHead(Features, labels);
        Convolutions = [Stem, .. blocks.SelectMany(block => block.Layers), Last];
    }

    public ConvLayer Stem { get; }

    public IReadOnlyList<InvertedResidual> Blocks { get; }

    public ConvLayer Last { get; }

    /// <summary>What the scores come from.</summary>
    public RecurrentHead Head { get; }

    /// <summary>
    /// Labels×1280; an answer from one frame's features alone, from which the convolutions learn: a gradient that need not
    /// come through the memory.
    /// </summary>
    public Parameter ClassifierWeight { get; }

    public Parameter ClassifierBias { get; }

    /// <summary>
    /// 12×96×1×1; a second answer, of use only while training: for each place of a coarse grid, whether the hand is there
    /// and how it looks and moves (<see cref="HandSight"/>).
    /// </summary>
    public Parameter SightWeight { get; }

    public Parameter SightBias { get; }

    /// <summary>All convolutions from the picture to the pooling.</summary>
    public IReadOnlyList<ConvLayer> Convolutions { get; }

    public int Labels => (int)ClassifierBias.shape[0];

    /// <summary>Every parameter but the head's with its name in weight files.</summary>
    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        .. Convolutions.SelectMany(layer => new[] { ($"{layer.Name}.weight", layer.Weight), ($"{layer.Name}.bias", layer.Bias) }),
        ("classifier.weight", ClassifierWeight),
        ("classifier.bias", ClassifierBias),
        ("sight.weight", SightWeight),
        ("sight.bias", SightBias),
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
    /// What <see cref="ForwardStem"/> gave through the other blocks: (frames·clips)×1280 features, pooled over the picture,
    /// and the guesses of where the hand is, (frames·clips)×12×S/16×S/16.
    /// </summary>
    public (Tensor Features, Tensor Sight) ForwardRest(Tensor x, int clips, int firstBlock)
    {
        for (var i = firstBlock; i <= SightBlock; i++)
            x = Blocks[i].Forward(x, clips);
        var sight = nn.functional.conv2d(x.to_type(ScalarType.Float32), SightWeight, SightBias);
        for (var i = SightBlock + 1; i < Blocks.Count; i++)
            x = Blocks[i].Forward(x, clips);
        return (Pool(x, clips), sight);
    }

    // A mean over the two innermost sides of a channels-last tensor would spread its gradient channels-first, at ten times the cost.
    private Tensor Pool(Tensor x, int clips)
    {
        var y = Last.Forward(x, clips);
        return y.permute(0, 2, 3, 1).reshape(y.shape[0], y.shape[2] * y.shape[3], y.shape[1]).mean([1]).to_type(ScalarType.Float32);
    }

    /// <summary>Features to (frames·clips)×labels scores (logits), each frame's by itself.</summary>
    public Tensor Classify(Tensor features) => nn.functional.linear(features, ClassifierWeight, ClassifierBias);

    /// <summary>Pictures (frames·clips)×3×S×S in −1..1, time-major, to (frames·clips)×1280 features.</summary>
    public Tensor See(Tensor pictures, int clips) => Pool(ForwardStem(pictures, clips, Blocks.Count), clips);

    /// <summary>Pictures (frames·clips)×3×S×S in −1..1, time-major, to (frames·clips)×labels scores (logits).</summary>
    public Tensor Forward(Tensor pictures, int clips) => Head.Forward(See(pictures, clips), clips);

    /// <summary>Multiplications with addition that one frame of <paramref name="size"/>×size pixels takes.</summary>
    public long MultiplyAdds(int size)
    {
        var total = ClassifierWeight.numel();
        foreach (var layer in Convolutions)
        {
            size = layer.OutputSize(size);
            total += layer.Weight.numel() * size * size;
        }

        return total;
    }
}
