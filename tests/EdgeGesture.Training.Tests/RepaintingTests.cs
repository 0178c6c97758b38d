using EdgeGesture.Training.Fitting;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

public class RepaintingTests
{
    private const int Clips = 400;
    private const int Side = 12;

    private readonly Tensor _still; // two equal frames of each clip
    private readonly Tensor _painted; // frames×clips×pixels

    public RepaintingTests()
    {
        random.manual_seed(1);
        // Coarse shapes: what is a pixel wide is lost in a blur.
        var shapes = nn.functional.interpolate(rand(Clips, 3, 3, 3) * 1.6 - 0.8, [Side, Side]);
        _still = shapes.repeat(2, 1, 1, 1);
        _painted = Repainting.Of(_still, Clips).reshape(2, Clips, -1);
    }

    [Fact]
    public void Pictures_stay_pictures_of_the_same_kind()
    {
        var painted = Repainting.Of(_still.to_type(ScalarType.BFloat16).requires_grad_(), Clips);
        Assert.Equal(_still.shape, painted.shape);
        Assert.Equal(ScalarType.BFloat16, painted.dtype);
        Assert.False(painted.requires_grad);
        Assert.InRange(painted.min().to_type(ScalarType.Float32).item<float>(), -1, 1);
        Assert.InRange(painted.max().to_type(ScalarType.Float32).item<float>(), -1, 1);
    }

    [Fact]
    public void Nearly_all_clips_change_and_their_shapes_can_still_be_seen()
    {
        var (seen, original) = (Shade(_painted), Shade(_still.reshape(2, Clips, -1)));
        var likeness = nn.functional.cosine_similarity(seen - seen.mean([1], keepdim: true), original - original.mean([1], keepdim: true), dim: 1);
        Assert.InRange(likeness.gt(0.7).to_type(ScalarType.Float32).mean().item<float>(), 0.8f, 1);
        var changed = (_painted[0] - _still.reshape(2, Clips, -1)[0]).abs().amax([1]).gt(1e-3);
        Assert.InRange(changed.to_type(ScalarType.Float32).mean().item<float>(), 0.85f, 0.99f);
    }

    [Fact]
    public void Frames_of_a_clip_are_painted_alike_but_for_the_noise_that_half_of_the_clips_have()
    {
        var noise = (_painted[0] - _painted[1]).std(1);
        Assert.InRange(noise.gt(1e-4).to_type(ScalarType.Float32).mean().item<float>(), 0.4f, 0.6f);
        Assert.InRange(noise.max().item<float>(), 0.05f, 0.25f);
    }

    // The mean of the three colours in the first frame, clips×pixels.
    private static Tensor Shade(Tensor frames) => frames[0].reshape(Clips, 3, -1).mean([1]);
}
