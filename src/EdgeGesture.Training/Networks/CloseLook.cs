using EdgeGesture.Training.Synthesis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// The hand seen closely: a square of the picture around the place where <see cref="SightHead"/> found it, as large as the
/// hand, brought to a fixed side, through convolutions of its own. In the whole picture a finger is two or three pixels
/// wide and lost among the room; here it fills the view. Where its points are is read from maps (<see cref="PointMaps"/>). These
/// convolutions have no shift: the square moves with the hand.
/// </summary>
public sealed class CloseLook
{
    /// <summary>The square's side in pixels.</summary>
    public const int Side = 96;

    /// <summary>Half of the square's side in hand lengths: the hand and a usual error of its place and size fit in.</summary>
    public const float Reach = 0.85f;

    /// <summary>The least and largest half of the square's side, in halves of the picture's.</summary>
    public const float LeastHalf = 0.15f;

    public const float LargestHalf = 1;

    /// <summary>What weights of these convolutions are called in files begins with it.</summary>
    public const string Prefix = "close.";

    /// <summary>The last block of the S/8 grid that points are placed on.</summary>
    public const int FineBlock = 5;

    /// <summary>How many numbers are told at once: visible, size, directions (6), straight fingers (5).</summary>
    public const int ToldCount = 13;

    private const int BlockCount = 12;
    private const int Grid = (Side + 15) / 16;
    private const int Narrow = 48;
    private const int Width = 160;

    public CloseLook()
    {
        Trunk = new MobileNetV2(Prefix, BlockCount, shifted: false);
        Narrowed = new ConvLayer($"{Prefix}narrow", Trunk.Blocks[^1].Outputs, Narrow, kernel: 1, stride: 1, depthwise: false, relu6: true);
        Gathered = new ConvLayer($"{Prefix}gather", Narrow, Width, kernel: Grid, stride: 1, depthwise: false, relu6: true, padded: false);
        Points = new PointMaps(Prefix, Trunk.Blocks[FineBlock].Outputs, Narrow);
        TellWeight = new Parameter(randn(ToldCount, Width + 2 * PointMaps.Count) * 0.01);
        TellBias = new Parameter(zeros(ToldCount));
        using var quiet = no_grad();
        TellBias[0] = -2; // A look that has learnt nothing sees nothing.
    }

    /// <summary>96×96 pixels to a 6×6 grid of 96 channels.</summary>
    public MobileNetV2 Trunk { get; }

    /// <summary>To 48 channels.</summary>
    public ConvLayer Narrowed { get; }

    /// <summary>All of the grid to 160 numbers.</summary>
    public ConvLayer Gathered { get; }

    /// <summary>Where the points are.</summary>
    public PointMaps Points { get; }

    /// <summary>13×184, of the 160 numbers and the places of the points.</summary>
    public Parameter TellWeight { get; }

    public Parameter TellBias { get; }

    public IEnumerable<ConvLayer> Convolutions => [.. Trunk.Convolutions, Narrowed, Gathered];

    public IEnumerable<(string Name, Parameter Value)> Parameters =>
    [
        .. Convolutions.SelectMany(layer => layer.Parameters),
        .. Points.Parameters,
        ($"{Prefix}tell.weight", TellWeight),
        ($"{Prefix}tell.bias", TellBias),
    ];

    /// <summary>
    /// Pictures N×3×S×S and what was found in them, N×41 (<see cref="SightHead.Find"/>), to the numbers of one hand, N×41:
    /// those of the square in places of the picture; motion, growth and whose eyes see are as found. The first is the
    /// probability that there is a hand, which both looks must see; the others are times it.
    /// </summary>
    public Tensor See(Tensor pictures, Tensor found) => LookAt(pictures, found, 0).Hand;

    /// <summary>As <see cref="See"/>, with all that it comes from.</summary>
    /// <param name="pictures">N×3×S×S.</param>
    /// <param name="found">N×41.</param>
    /// <param name="frozenBlocks">So many blocks and the stem do not learn.</param>
    public CloseSight LookAt(Tensor pictures, Tensor found, int frozenBlocks)
    {
        var middle = found.narrow(1, 1, 2).clamp(-1, 1);
        var logHalf = (found.narrow(1, 3, 1) + MathF.Log(Reach)).clamp(MathF.Log(LeastHalf), MathF.Log(LargestHalf));
        var half = logHalf.exp();
        var (guesses, maps) = Look(Squares(pictures, middle, half), frozenBlocks);
        var visible = guesses.narrow(1, 0, 1).sigmoid() * found.narrow(1, 0, 1);
        var values = cat(
        [
            guesses.narrow(1, 1, 2) * half + middle,
            guesses.narrow(1, 3, 1) + logHalf,
            found.narrow(1, 4, 3),
            guesses.narrow(1, 7, 6),
            found.narrow(1, 13, 1),
            guesses.narrow(1, 14, HandSight.Count - 14),
        ], 1);
        return new CloseSight(cat([visible, values * visible], 1), guesses, maps, middle, half);
    }

    /// <summary>
    /// Squares N×3×96×96 in −1..1 to guesses N×41 of the hand in places of the square, and the maps of its points. The first
    /// guess is a logit; motion, growth and whose eyes see are not told (0).
    /// </summary>
    /// <param name="squares">What is looked at.</param>
    /// <param name="frozenBlocks">So many blocks and the stem do not learn.</param>
    public (Tensor Guesses, Tensor Maps) Look(Tensor squares, int frozenBlocks)
    {
        Tensor x;
        using (frozenBlocks > 0 ? no_grad() : null)
            x = Trunk.ForwardStem(squares, clips: 1, frozenBlocks);
        var fine = Trunk.Forward(x, clips: 1, frozenBlocks, FineBlock + 1);
        var narrow = Narrowed.Forward(Trunk.Forward(fine, clips: 1, FineBlock + 1, Trunk.Blocks.Count), clips: 1);
        var maps = Points.Forward(fine, narrow);
        var places = PointMaps.Places(maps);
        var gathered = Gathered.Forward(narrow, clips: 1).to_type(ScalarType.Float32).flatten(1);
        var told = cat([gathered, places.flatten(1)], 1).matmul(TellWeight.t()) + TellBias;
        var palm = places.narrow(1, 0, 1);
        var length = told.narrow(1, 1, 1);
        var points = (places.narrow(1, 1, PointMaps.Count - 1) - palm) * (-length).exp().unsqueeze(2);
        var none = zeros_like(told.narrow(1, 0, 3));
        var guesses = cat(
            [told.narrow(1, 0, 1), palm.flatten(1), length, none, told.narrow(1, 2, 6), none.narrow(1, 0, 1), told.narrow(1, 8, 5), points.flatten(1)], 1);
        return (guesses, maps);
    }

    // Channels innermost in memory, as all pictures.
    private static Tensor Squares(Tensor pictures, Tensor middle, Tensor half)
    {
        using var places = tensor(PointMaps.Cells(Side)).reshape(1, Side, Side, 2);
        var grid = middle.reshape(-1, 1, 1, 2) + half.reshape(-1, 1, 1, 1) * places;
        var squares = nn.functional.grid_sample(
            pictures.to_type(ScalarType.Float32), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
        return squares.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).to_type(pictures.dtype);
    }
}
