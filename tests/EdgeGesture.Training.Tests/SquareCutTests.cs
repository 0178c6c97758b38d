using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Synthesis;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>The square that a model file cuts out of the picture.</summary>
public class SquareCutTests
{
    private const int Size = 40;
    private const int Side = 12;

    [Theory]
    [InlineData(0.1f, -0.2f, 0.5f)] // within the picture
    [InlineData(-1, 0.9f, 0.6f)] // over two of its edges
    [InlineData(1, 1, 0.15f)]
    [InlineData(-0.4f, 0.3f, 1)] // over all
    public void It_is_what_grid_sampling_gives_the_last_pixels_going_on_beyond_the_edge(float right, float down, float half)
    {
        var graph = new GraphBuilder();
        graph.Input("frame", 1, 3, Size, Size);
        graph.Input("middle", 1, 2);
        graph.Input("half", 1, 1);
        graph.Output(SquareCut.Write(graph, "frame", Size, "middle", "half", Side), 1, 3, Side, Side);

        var dice = new Dice(3);
        var pixels = Enumerable.Range(0, 3 * Size * Size).Select(_ => dice.Between(-1, 1)).ToArray();
        using var session = new InferenceSession(graph.Model().ToByteArray());
        using var frame = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, Size, Size]);
        using var middle = OrtValue.CreateTensorValueFromMemory([right, down], [1, 2]);
        using var reach = OrtValue.CreateTensorValueFromMemory([half], [1, 1]);
        using var run = new RunOptions();
        using var square = session.Run(run, ["frame", "middle", "half"], [frame, middle, reach], session.OutputNames)[0];

        using var scope = NewDisposeScope();
        var across = (arange(Side, ScalarType.Float32) + 0.5f) * 2 / Side - 1;
        var places = stack([across.expand(Side, Side), across.unsqueeze(1).expand(Side, Side)], dim: 2) * half + tensor(new[] { right, down });
        var expected = nn.functional.grid_sample(
            tensor(pixels).reshape(1, 3, Size, Size), places.unsqueeze(0), GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
        Assert.All(
            expected.contiguous().data<float>().ToArray().Zip(square.GetTensorDataAsSpan<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }
}
