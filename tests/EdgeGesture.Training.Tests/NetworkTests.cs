using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

public class NetworkTests
{
    [Fact]
    public void It_has_the_published_parameters_with_each_batch_norm_folded_into_a_bias()
    {
        // Published: 2,258,459 with two numbers (scale, shift) a channel of batch norm; folded there is one, the bias.
        var network = new TsmNetwork(JesterVocabulary.Labels.Count);
        var batchNormChannels = network.Convolutions.Sum(layer => layer.Bias.numel());
        var count = network.Parameters.Where(p => !p.Name.StartsWith("sight", StringComparison.Ordinal)).Sum(p => p.Value.numel());
        Assert.Equal(2_258_459, count + batchNormChannels);
    }

    [Fact]
    public void A_frame_never_depends_on_a_later_one()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var network = new TsmNetwork(5);
        var clip = rand(6, 3, 32, 32);
        var before = network.Forward(clip, clips: 1);
        clip[4] = rand(3, 32, 32);
        var after = network.Forward(clip, clips: 1);
        Assert.True(allclose(before.narrow(0, 0, 4), after.narrow(0, 0, 4)));
        Assert.False(allclose(before.narrow(0, 4, 2), after.narrow(0, 4, 2), rtol: 1e-6, atol: 1e-7));
    }

    [Fact]
    public void Clips_side_by_side_do_not_see_each_other()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var network = new TsmNetwork(5);
        var clips = new[] { rand(4, 3, 32, 32), rand(4, 3, 32, 32) };
        var together = network.Forward(stack(clips, 1).reshape(8, 3, 32, 32), clips: 2).reshape(4, 2, 5);
        for (var i = 0; i < 2; i++)
            Assert.True(allclose(network.Forward(clips[i], clips: 1), together.select(1, i), atol: 1e-5));
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.BFloat16, 0.05)]
    public void What_learns_and_what_is_used_give_the_same_scores(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var network = new TsmNetwork(5);
        var clip = rand(3, 3, 32, 32).to_type(type);
        Tensor used;
        using (no_grad())
            used = network.Forward(clip, clips: 1);
        var learns = network.Forward(clip, clips: 1);
        Assert.True(allclose(used, learns, rtol: tolerance, atol: tolerance), $"They differ by {(used - learns).abs().max().item<float>()}.");
    }
}
