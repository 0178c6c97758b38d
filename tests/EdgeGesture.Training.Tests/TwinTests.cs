using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>The 3D twin that the network's training speed is compared with.</summary>
public class TwinTests
{
    [Fact]
    public void It_differs_by_two_more_frames_in_each_depthwise_kernel()
    {
        var (tsm, twin) = (new TsmNetwork(JesterVocabulary.Labels.Count), new TsmNetwork(JesterVocabulary.Labels.Count, twin3d: true));
        var depthwise = tsm.Trunk.Convolutions.Where(layer => layer.Groups > 1).Sum(layer => layer.Weight.numel());
        Assert.Equal(Count(tsm) + 2 * depthwise, Count(twin));

        // Torchvision's MobileNetV2 has 300 million at 224 pixels, with a last convolution to 1280 channels and 1,000 classes.
        Assert.InRange(tsm.MultiplyAdds(224) + 7 * 7 * (160 * 960 + 9 * 960 + 960 * 320 + 320 * 1280) + 1000 * 1280, 295e6, 305e6);
        Assert.True(twin.MultiplyAdds(112) > tsm.MultiplyAdds(112));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Its_depthwise_convolution_is_the_librarys_over_three_frames(int stride)
    {
        const int Clips = 2, Frames = 5, Channels = 6, Side = 7;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(4);
        var layer = new ConvLayer("x", Channels, Channels, kernel: 3, stride, depthwise: true, relu6: false, taps: 3);
        layer.Bias.copy_(rand(Channels));
        var x = rand(Frames * Clips, Channels, Side, Side);
        var y = layer.Forward(x, Clips);

        // N×C×T×h×w, two frames of zeros before the first and none after the last.
        var volume = x.reshape(Frames, Clips, Channels, Side, Side).permute(1, 2, 0, 3, 4);
        volume = nn.functional.pad(volume, [1, 1, 1, 1, 2, 0]);
        var expected = nn.functional.conv3d(volume, layer.Weight, layer.Bias, [1, stride, stride], groups: Channels);
        Assert.True(allclose(expected.permute(2, 0, 1, 3, 4).reshape(y.shape), y, atol: 1e-5));
        layer.UsesConv3d = true;
        Assert.True(allclose(layer.Forward(x, Clips), y, atol: 1e-5));
    }

    [Fact]
    public void Both_learn_from_the_same_clips_and_the_table_compares_them()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.At("clips"), count: 4);
        WriteWeights(folder.At("start.json"));
        Assert.Equal(0, Program.Run(
        [
            "compare-3d", "--clips", folder.At("clips"), "--validation", folder.At("clips"), "--init", folder.At("start.json"),
            "--out", folder.At("out"), "--steps", "2", "--batch", "2", "--frames", "6",
        ]));
        var rows = File.ReadAllLines(folder.At("out/comparison.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(["TSM 0", "TSM 1", "TSM 2", "3D twin 0", "3D twin 1", "3D twin 2"], rows.Select(row => $"{row[0]} {row[1]}"));
        Assert.All(rows.Where(row => row[1] != "0"), row => Assert.True(double.Parse(row[2], CultureInfo.InvariantCulture) > 0));
        Assert.Contains("clips/s", File.ReadAllText(folder.At("out/comparison.md")), StringComparison.Ordinal);
        Assert.True(new FileInfo(folder.At("out/comparison.png")).Length > 1000);
    }

    private static long Count(TsmNetwork network) => network.Parameters.Sum(p => p.Value.numel());

    // Untrained weights in the format of those that are trained on ImageNet.
    private static void WriteWeights(string path)
    {
        random.manual_seed(2);
        var entries = new List<string>();
        using var data = File.Create(Path.ChangeExtension(path, ".f32"));
        foreach (var (name, value) in new TsmNetwork(1).Parameters.Where(p => p.Name.StartsWith("features.", StringComparison.Ordinal)))
        {
            entries.Add($$"""{"name":"{{name}}","shape":[{{string.Join(',', value.shape)}}],"offset":{{data.Position}},"count":{{value.numel()}}}""");
            data.Write(value.detach().contiguous().bytes);
        }

        File.WriteAllText(path, $$"""{"tensors":[{{string.Join(',', entries)}}]}""");
    }
}
