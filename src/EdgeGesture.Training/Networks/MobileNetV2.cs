using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// The convolutions of MobileNetV2, width 1.0, up to a block, with the temporal shift of the published online system or
/// without (Sandler et al., arXiv 1801.04381; Lin et al., arXiv 1811.08383).
/// </summary>
public sealed class MobileNetV2
{
    // Table 2 of the first: expansion, outputs, repeats, stride of the first.
    private static readonly (int Expansion, int Outputs, int Repeats, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    private static readonly int[] ShiftedBlocks = [2, 4, 5, 7, 8, 9, 11, 12, 14, 15];

    /// <param name="prefix">What the layers' names in weight files begin with, before <c>features.</c></param>
    /// <param name="blocks">How many of the 17 blocks.</param>
    /// <param name="shifted">Whether ten of the 17 blocks take an eighth of their channels from the frame before.</param>
    /// <param name="taps">How many frames the depthwise kernels span.</param>
    public MobileNetV2(string prefix, int blocks, bool shifted, int taps = 1)
    {
        Stem = new ConvLayer($"{prefix}features.0", 3, 32, kernel: 3, stride: 2, depthwise: false, relu6: true);
        var all = new List<InvertedResidual>();
        var inputs = 32;
        foreach (var (expansion, outputs, repeats, stride) in Stages)
        {
            for (var i = 0; i < repeats && all.Count < blocks; i++)
            {
                all.Add(new InvertedResidual(
                    $"{prefix}features.{all.Count + 1}", inputs, outputs, i == 0 ? stride : 1, expansion,
                    shifted && ShiftedBlocks.Contains(all.Count), taps));
                inputs = outputs;
            }
        }

        Blocks = all;
    }

    public ConvLayer Stem { get; }

    public IReadOnlyList<InvertedResidual> Blocks { get; }

    /// <summary>Pictures (frames·clips)×3×s×s in −1..1, time-major, through the stem and the first <paramref name="blocks"/> blocks.</summary>
    public Tensor ForwardStem(Tensor pictures, int clips, int blocks) => Forward(Stem.Forward(pictures, clips), clips, 0, blocks);

    /// <summary>What comes before block <paramref name="first"/> through it and those that follow, up to <paramref name="end"/>, which is left out.</summary>
    public Tensor Forward(Tensor x, int clips, int first, int end)
    {
        for (var i = first; i < end; i++)
            x = Blocks[i].Forward(x, clips);
        return x;
    }

    public IEnumerable<ConvLayer> Convolutions => [Stem, .. Blocks.SelectMany(block => block.Layers)];
}
