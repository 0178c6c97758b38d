using EdgeGesture.Models;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

public class NetworkTests
{
    [Fact]
    public void Its_convolutions_are_the_published_ones_up_to_the_last_block()
    {
        // Published: 2,258,459 with two numbers (scale, shift) a channel of batch norm; folded there is one, the bias. Here
        // there is neither the last block nor the 1×1 convolution to 1280 channels nor the 27 outputs.
        var network = new MobileNetV2("", blocks: 17, shifted: true);
        var batchNormChannels = network.Convolutions.Sum(layer => layer.Bias.numel());
        var count = network.Convolutions.Sum(layer => layer.Weight.numel() + layer.Bias.numel());
        Assert.Equal(2_258_459 - (320 * 1280 + 2 * 1280) - (1280 * 27 + 27), count + batchNormChannels);
        Assert.Equal(network.Convolutions.SkipLast(3).Select(layer => layer.Name), new TsmNetwork(5).Trunk.Convolutions.Select(layer => layer.Name));
    }

    [Fact]
    public void What_is_attended_to_is_the_place_that_shows_a_hand()
    {
        using var quiet = no_grad();
        var guesses = zeros(1, HandSight.Count, 9);
        guesses[0, 0] = tensor(new float[] { -8, -8, -8, -8, -8, 8, -8, -8, -8 });
        guesses[0, 7] = arange(9, ScalarType.Float32);
        var seen = SightHead.Attend(guesses);
        Assert.Equal(1, seen[0, 0].item<float>(), 1e-3f);
        Assert.Equal(5, seen[0, 7].item<float>(), 1e-2f);
        guesses[0, 0] = tensor(Enumerable.Repeat(-8f, 9).ToArray());
        Assert.True(SightHead.Attend(guesses).abs().max().item<float>() < 0.01, "Without a hand everything is about 0.");
    }

    [Theory]
    [InlineData(4, 8)]
    [InlineData(4, 7)]
    [InlineData(1, 2)]
    public void A_coarse_grid_is_spread_as_the_library_resizes(int coarse, int fine)
    {
        using var scope = NewDisposeScope();
        var x = rand(1, 1, coarse, coarse);
        var expected = nn.functional.interpolate(x, [fine, fine], mode: InterpolationMode.Bilinear, align_corners: false);
        var spread = x.reshape(1, -1).matmul(tensor(GridFeatures.Spread(coarse, fine)).reshape(coarse * coarse, -1));
        Assert.True(allclose(expected.reshape(1, -1), spread, atol: 1e-5));
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(128)]
    public void A_kernel_that_covers_the_whole_input_gives_the_same_in_any_company(int count)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var layer = new ConvLayer("all", 48, 160, kernel: 6, stride: 1, depthwise: false, relu6: false, padded: false);
        var x = rand(count, 6, 6, 48).permute(0, 3, 1, 2); // channels innermost, as in the network
        var products = x.unsqueeze(1).to_type(ScalarType.Float64) * layer.Weight;
        var y = layer.Forward(x, clips: 1);
        Assert.Equal([count, 160, 1, 1], y.shape);
        Assert.True(allclose(products.sum([2, 3, 4]).to_type(ScalarType.Float32), y.flatten(1), rtol: 1e-4, atol: 1e-4));
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

    [Fact]
    public void A_model_file_is_a_start_for_another_run()
    {
        using var folder = new TemporaryFolder();
        random.manual_seed(3);
        var exported = new TsmNetwork(JesterVocabulary.Labels.Count);
        OnnxExporter.Export(exported, 32, new ModelCardFacts("test", "MIT", new Dictionary<string, float>()), folder.At("model.onnx"));
        var started = new TsmNetwork(JesterVocabulary.Labels.Count);
        InitialWeights.Load(folder.At("model.onnx"), started);
        var taken = exported.AllParameters.Zip(started.AllParameters).ToArray();
        Assert.Equal(2 * 48 + 5 + 2 * 38 + 4 + 2 + 9, taken.Length);
        Assert.All(taken, pair => Assert.True(allclose(pair.First.Value, pair.Second.Value), pair.First.Name));
    }

    [Theory]
    [InlineData("{\"tensors\": [")]
    [InlineData("[]")]
    [InlineData("{\"tensors\": [{\"name\": \"a\"}]}")]
    [InlineData("{\"tensors\": [{\"name\": \"a\", \"shape\": [3], \"offset\": 0, \"count\": 3}]}")]
    [InlineData("{\"tensors\": [{\"name\": \"a\", \"shape\": [2], \"offset\": 0, \"count\": 1}]}")]
    public void A_pair_of_weights_that_is_not_whole_is_refused_in_words(string list)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("w.json"), list);
        File.WriteAllBytes(folder.At("w.f32"), new byte[2 * sizeof(float)]);
        var error = Assert.Throws<TrainingException>(() => InitialWeights.Load(folder.At("w.f32"), new TsmNetwork(5)));
        Assert.Contains("w.f32 are not a whole pair of weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_memory_of_another_size_is_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("w.json"), "{\"tensors\": [{\"name\": \"memory.input\", \"shape\": [1, 3, 1], \"offset\": 0, \"count\": 3}]}");
        File.WriteAllBytes(folder.At("w.f32"), new byte[3 * sizeof(float)]);
        var error = Assert.Throws<TrainingException>(() => InitialWeights.Load(folder.At("w.json"), new TsmNetwork(5)));
        Assert.Contains("a memory of another size", error.Message, StringComparison.Ordinal);
    }
}
