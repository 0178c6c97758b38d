using System.Security.Cryptography;
using EdgeGesture.Training.Synthesis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// The network that is trained, on whole clips at once; the exported model does the same one frame at a time. It looks
/// twice. The first look finds the hand in the picture at a third of its size: MobileNetV2 with the temporal shift of the
/// published online system (arXiv 1811.08383), in which ten blocks take an eighth of their channels from the frame before,
/// and in place of the published pooling over the whole picture attention to the hand (<see cref="SightHead"/>). The
/// second look is at the hand alone (<see cref="CloseLook"/>). What follows sees nothing of the picture but the numbers of
/// one hand (<see cref="HandSight"/>), so that a room, a face or a sleeve cannot be taken for a gesture, and remembers
/// (<see cref="RecurrentHead"/>).
/// </summary>
/// <remarks>
/// For comparison only, the 3D twin of the first look can be made: without the shift, but with depthwise kernels that span
/// three frames.
/// </remarks>
public sealed class TsmNetwork
{
    /// <summary>The last block whose grid is a sixteenth of the first look's picture: fine enough to place a hand, late enough to know what one is.</summary>
    public const int FineBlock = 12;

    /// <summary>The side S in pixels that pictures have unless asked otherwise.</summary>
    public const int DefaultSize = 192;

    /// <summary>How many pixels of the picture, each way, become one of the first look.</summary>
    public const int FirstLookShrinks = 3;

    private const int BlockCount = 16; // The last of the 17 would only widen the coarse features.
    private const int TwinTaps = 3;

    public TsmNetwork(int labels, bool twin3d = false)
    {
        Trunk = new MobileNetV2("", BlockCount, shifted: !twin3d, taps: twin3d ? TwinTaps : 1);
        Sight = new SightHead(Trunk.Blocks[FineBlock].Outputs, Trunk.Blocks[^1].Outputs);
        Close = new CloseLook();
        Head = new RecurrentHead(HandSight.Count, labels);
        Labels = labels;
    }

    /// <summary>The convolutions of the first look.</summary>
    public MobileNetV2 Trunk { get; }

    /// <summary>What finds the hand in the features of a frame.</summary>
    public SightHead Sight { get; }

    /// <summary>The second look.</summary>
    public CloseLook Close { get; }

    /// <summary>What the scores come from.</summary>
    public RecurrentHead Head { get; }

    public int Labels { get; }

    /// <summary>Every parameter of the first look and the head, with its name in weight files: what learns together.</summary>
    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        .. Trunk.Convolutions.SelectMany(layer => layer.Parameters),
        .. Sight.Parameters,
        .. Head.named_parameters().Select(p => ($"head.{p.name}", p.parameter)),
    ];

    /// <summary>Those, then the second look's.</summary>
    public IEnumerable<(string Name, Parameter Value)> AllParameters => Parameters.Concat(Close.Parameters);

    /// <summary>32 bytes that tell these looks from others: the SHA-256 of their weights.</summary>
    public byte[] LooksHash()
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, value) in AllParameters.Where(parameter => !parameter.Name.StartsWith("head.", StringComparison.Ordinal)))
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        return hash.GetHashAndReset();
    }

    /// <summary>
    /// Pictures (frames·clips)×3×S/3×S/3 in −1..1, time-major, to guesses of where the hand is and how it looks,
    /// (frames·clips)×41×(S/48·S/48).
    /// </summary>
    /// <param name="pictures">What is looked at.</param>
    /// <param name="clips">How many clips lie side by side.</param>
    /// <param name="frozenBlocks">The stem and so many blocks do not learn.</param>
    public Tensor Guess(Tensor pictures, int clips, int frozenBlocks)
    {
        Tensor x;
        using (no_grad())
            x = Trunk.ForwardStem(pictures, clips, frozenBlocks);
        var fine = Trunk.Forward(x, clips, frozenBlocks, FineBlock + 1);
        return Sight.Forward(fine, Trunk.Forward(fine, clips, FineBlock + 1, Trunk.Blocks.Count));
    }

    /// <summary>Pictures (frames·clips)×3×S/3×S/3 in −1..1, time-major, to (frames·clips)×labels scores (logits) of the first look alone.</summary>
    public Tensor ForwardFirstLook(Tensor pictures, int clips) =>
        Head.Forward(SightHead.Attend(Guess(pictures, clips, frozenBlocks: 0)), clips);

    /// <summary>Pictures (frames·clips)×3×S×S in −1..1, time-major, to what the first look finds (<see cref="SightHead.Find"/>).</summary>
    public Tensor Find(Tensor pictures, int clips) => SightHead.Find(Guess(Small(pictures), clips, frozenBlocks: 0));

    /// <summary>Pictures (frames·clips)×3×S×S in −1..1, time-major, to the numbers of one hand, (frames·clips)×41.</summary>
    public Tensor See(Tensor pictures, int clips) => Close.See(pictures, Find(pictures, clips));

    /// <summary>Pictures (frames·clips)×3×S×S in −1..1, time-major, to (frames·clips)×labels scores (logits).</summary>
    public Tensor Forward(Tensor pictures, int clips) => Head.Forward(See(pictures, clips), clips);

    /// <summary>As <see cref="Forward"/>, decided between siblings: what the exported model gives (<see cref="Siblings"/>).</summary>
    public Tensor Decide(Tensor pictures, int clips) => Siblings.Decide(Forward(pictures, clips));

    /// <summary>Pictures N×3×S×S as the first look gets them, N×3×S/3×S/3.</summary>
    public static Tensor Small(Tensor pictures) => nn.functional.avg_pool2d(pictures, FirstLookShrinks);

    /// <summary>Multiplications with addition that the first look at one frame of <paramref name="size"/>×size pixels takes.</summary>
    public long MultiplyAdds(int size)
    {
        var total = 0L;
        foreach (var layer in Trunk.Convolutions)
        {
            size = layer.OutputSize(size);
            total += layer.Weight.numel() * size * size;
        }

        return total;
    }
}
