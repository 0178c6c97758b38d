using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Pictures as if otherwise painted: colours mixed, some grey, contrast bent, blurred or sharpened, noisy, and a few mixed
/// with what a random convolution makes of them (Xu et al., arXiv 2007.13003). Shapes and motion stay; what hangs on how
/// rendered skin and light look is not learnt.
/// </summary>
public static class Repainting
{
    private const double GreyShare = 0.1;
    private const double FilteredShare = 1.0 / 12;
    private const double EachShare = 0.5; // of the clips in which one of the others is changed

    private const double ColourSpread = 0.12; // standard deviation of what one colour takes of another
    private const double LargestExponent = 0.4; // of the contrast, its logarithm
    private const double Sharpest = -0.7; // share of the blur that is taken away
    private const double LargestNoise = 0.12; // standard deviation, pictures from −1 to 1

    /// <summary>
    /// Pictures (frames·clips)×3×S×S in −1..1, time-major, to the same; the frames of a clip are painted alike, but for the noise.
    /// Random numbers are the library's own.
    /// </summary>
    public static Tensor Of(Tensor pictures, int clips)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var type = pictures.dtype;
        var (rows, side) = (pictures.shape[0], pictures.shape[2]);
        var x = pictures.to_type(ScalarType.Float32).contiguous();
        x = Coloured(x, clips);
        x = Mixed(x, Bent(x, PerClip(clips, -LargestExponent, LargestExponent)), Chosen(clips, EachShare));
        x = Mixed(x, nn.functional.avg_pool2d(x, 3, 1, 1, count_include_pad: false), PerClip(clips, Sharpest, 1) * Chosen(clips, EachShare));
        x = x + Spread(PerClip(clips, 0, LargestNoise) * Chosen(clips, EachShare), rows) * randn(rows, 3, side, side);
        x = Mixed(x, Filtered(x), PerClip(clips, 0, 1) * Chosen(clips, FilteredShare));
        return x.clamp(-1, 1).to_type(type).MoveToOuterDisposeScope();
    }

    // Each colour a mixture of all three, or all of them their mean.
    private static Tensor Coloured(Tensor x, int clips)
    {
        var some = Chosen(clips, EachShare);
        var grey = Chosen(clips, GreyShare);
        var mixed = eye(3).unsqueeze(0) + some * randn(clips, 3, 3) * ColourSpread;
        var mixture = mixed * (1 - grey) + ones(1, 3, 3) / 3 * grey;
        var pixels = x.reshape(-1, clips, 3, x.shape[2] * x.shape[3]);
        return mixture.matmul(pixels).reshape(x.shape).clamp(-1, 1);
    }

    private static Tensor Bent(Tensor x, Tensor exponent)
    {
        const double Darkest = 1e-3;
        return ((x + 1) / 2).clamp(Darkest, 1).pow(Spread(exponent.exp(), x.shape[0])) * 2 - 1;
    }

    // One filter of three by three pixels for all, which keeps about as much contrast as there is.
    private static Tensor Filtered(Tensor x) => nn.functional.conv2d(x, randn(3, 3, 3, 3) / Math.Sqrt(27), padding: [1L, 1L]);

    // Of each clip so much of what it was changed to, clips×1×1.
    private static Tensor Mixed(Tensor x, Tensor changed, Tensor share) => x + Spread(share, x.shape[0]) * (changed - x);

    private static Tensor PerClip(int clips, double least, double largest) => rand(clips, 1, 1) * (largest - least) + least;

    // 1 for clips that are chosen, 0 for others.
    private static Tensor Chosen(int clips, double share) => (rand(clips, 1, 1) < share).to_type(ScalarType.Float32);

    // clips×1×1 to each picture's number, rows×1×1×1.
    private static Tensor Spread(Tensor ofClips, long rows) => ofClips.reshape(1, -1).expand(rows / ofClips.shape[0], -1).reshape(rows, 1, 1, 1);
}
