using EdgeGesture.Models;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Networks;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>
/// The proof of streaming: a whole clip through the causal network layer by layer in TorchSharp, and the same clip frame
/// by frame through the exported model in ONNX Runtime.
/// </summary>
public class StreamingTests
{
    private const int Size = 64;
    private const int Frames = 8;

    [Fact]
    public void A_clip_at_once_and_frame_by_frame_give_the_same_scores()
    {
        using var folder = new TemporaryFolder();
        var (network, path) = Exported(folder);
        using var clip = rand(Frames, 3, Size, Size) * 2 - 1;
        var whole = Whole(network, clip);
        using var model = StreamingModel.Load(path);
        var worst = 0f;
        for (var t = 0; t < Frames; t++)
        {
            Step(model, clip, t);
            for (var label = 0; label < network.Labels; label++)
                worst = MathF.Max(worst, MathF.Abs(model.Scores[label] - whole[t * network.Labels + label]));
        }

        Assert.True(worst < 1e-4, $"The scores differ by {worst}.");
        Assert.True(whole.Max() - whole.Min() > 0.1, "Scores that are all alike prove nothing.");
    }

    [Fact]
    public void Without_the_caches_the_scores_differ_from_the_second_frame_on()
    {
        using var folder = new TemporaryFolder();
        var (network, path) = Exported(folder);
        using var clip = rand(Frames, 3, Size, Size) * 2 - 1;
        var whole = Whole(network, clip);
        using var model = StreamingModel.Load(path);
        for (var t = 0; t < Frames; t++)
        {
            model.Reset();
            Step(model, clip, t);
            var largest = 0f;
            for (var label = 0; label < network.Labels; label++)
                largest = MathF.Max(largest, MathF.Abs(model.Scores[label] - whole[t * network.Labels + label]));
            if (t == 0)
                Assert.True(largest < 1e-4);
            else
                Assert.True(largest > 1e-3, $"Frame {t} differs by {largest} only.");
        }
    }

    [Fact]
    public void The_exported_model_says_what_it_is()
    {
        using var folder = new TemporaryFolder();
        using var model = StreamingModel.Load(Exported(folder).Path);
        Assert.Equal(JesterVocabulary.Labels, model.Metadata.Labels);
        Assert.Equal(JesterVocabulary.Background, model.Metadata.Background);
        Assert.Equal(Size, model.Metadata.Size);
        Assert.Equal(10, model.Metadata.CadenceFps);
        Assert.Equal(0.7f, model.Metadata.ThresholdOf("Thumb Up"));
        Assert.Equal([3L, 4, 4, 8, 8, 8, 12, 12, 20, 20], model.States.SkipLast(2).Select(state => state.Dimensions[1]));
        Assert.Equal(["state_in_10 1×41", "state_in_11 1×1×128"], model.States.TakeLast(2).Select(state => state.ToString()));
    }

    private static (TsmNetwork Network, string Path) Exported(TemporaryFolder folder)
    {
        random.manual_seed(3);
        var network = new TsmNetwork(JesterVocabulary.Labels.Count);
        using (no_grad())
            network.Head.Remembered.weight!.mul_(5);
        var path = folder.At("model.onnx");
        OnnxExporter.Export(network, Size, new ModelCardFacts("test", "MIT", new Dictionary<string, float> { ["Thumb Up"] = 0.7f }), path);
        return (network, path);
    }

    private static float[] Whole(TsmNetwork network, Tensor clip)
    {
        using var quiet = no_grad();
        return network.Decide(clip, clips: 1).data<float>().ToArray();
    }

    private static void Step(StreamingModel model, Tensor clip, int t)
    {
        clip[t].contiguous().data<float>().ToArray().CopyTo(model.Frame);
        model.Step();
    }
}
