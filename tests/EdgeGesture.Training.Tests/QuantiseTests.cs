using System.CommandLine;
using EdgeGesture.Models;
using EdgeGesture.Training.Commands;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Quantising;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>From a float32 model file and clips to an int8 model file that the device's library runs.</summary>
public class QuantiseTests
{
    [Theory]
    [InlineData("u8", "uint8")]
    [InlineData("s8", "int8")]
    public void The_int8_model_streams_like_the_float_model(string activations, string caches)
    {
        using var folder = new TemporaryFolder();
        var (path, int8) = Quantise(folder, activations);
        using var reference = StreamingModel.Load(path);
        using var quantised = StreamingModel.Load(int8);
        Assert.Equal([$"state_in_0 1×8×8×2 {caches}", "state_in_1 1×1×4"], quantised.States.Select(state => state.ToString()));
        var clip = Clip(seed: 99, QuantiseModel.Size);
        var first = Array.Empty<float>();
        var (worst, spread) = (0f, 0f);
        for (var t = 0; t < ClipRenderer.FrameCount; t++)
        {
            foreach (var model in new[] { reference, quantised })
            {
                ClipFrames.Fill(clip, t, model.Metadata, model.Frame);
                model.Step();
            }

            first = t == 0 ? quantised.Scores.ToArray() : first;
            for (var label = 0; label < reference.Scores.Length; label++)
            {
                worst = MathF.Max(worst, MathF.Abs(reference.Scores[label] - quantised.Scores[label]));
                spread = MathF.Max(spread, MathF.Abs(reference.Scores[label] - reference.Scores[0]));
            }
        }

        Assert.True(worst < 0.03 * spread, $"Scores that are {spread} apart differ by {worst}.");

        quantised.Reset();
        ClipFrames.Fill(clip, 0, quantised.Metadata, quantised.Frame);
        quantised.Step();
        Assert.Equal(first, quantised.Scores.ToArray());
    }

    [Theory]
    [InlineData("u8")]
    [InlineData("s8")]
    public void ONNX_Runtime_runs_every_convolution_sum_and_concatenation_on_integers(string activations)
    {
        using var folder = new TemporaryFolder();
        var nodes = OptimizedGraph.CountNodes(Quantise(folder, activations).Int8);
        Assert.Equal(QuantiseModel.Convolutions, nodes["QLinearConv"]);
        Assert.Equal(1, nodes["QLinearAdd"]);
        Assert.Equal(1, nodes["QLinearConcat"]);
        Assert.Equal(2, nodes["QuantizeLinear"]); // the small frame and the part of it
        Assert.Equal(2, nodes["DequantizeLinear"]); // what both looks give; the memory's matrices are constants
        Assert.Equal(1, nodes["Conv"]); // makes the frame small
        Assert.Equal(3, nodes["Clip"]); // where the second look goes: its middle, columns and rows
    }

    [Fact]
    public void The_model_says_the_same_of_itself_and_that_it_is_int8()
    {
        using var folder = new TemporaryFolder();
        var (path, int8) = Quantise(folder, "u8");
        var expected = ModelFile.ReadFloat(path).MetadataProps.ToDictionary(property => property.Key, property => property.Value);
        expected["edgegesture.version"] = "1.2.3+int8";
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(int8);
        Assert.Equal(expected, session.ModelMetadata.CustomMetadataMap);
    }

    [Fact]
    public void The_whole_network_runs_on_integers()
    {
        using var folder = new TemporaryFolder();
        TorchSharp.torch.random.manual_seed(1);
        var network = new TsmNetwork(JesterVocabulary.Labels.Count);
        var path = folder.At("float.onnx");
        OnnxExporter.Export(network, QuantiseModel.Size, new ModelCardFacts("test", "MIT", new Dictionary<string, float>()), path);
        WriteClips(folder.At("clips"), QuantiseModel.Size);
        var int8 = folder.At("int8.onnx");
        Assert.Equal(0, Program.Run(["quantize", "--model", path, "--clips", folder.At("clips"), "--out", int8]));
        var nodes = OptimizedGraph.CountNodes(int8);
        Assert.Equal(network.Trunk.Convolutions.Concat(network.Close.Convolutions).Count(), nodes["QLinearConv"]);
        Assert.Equal(10, nodes["QLinearConcat"]);
        Assert.Equal(7, nodes["Transpose"]); // the small frame, two grids in which the hand is looked for, two for its points, the square and what it gives
        Assert.InRange(new FileInfo(int8).Length, 1, 3_000_000);
    }

    [Fact]
    public void A_model_that_cannot_be_quantised_or_written_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        var (path, int8) = Quantise(folder, "u8");
        Assert.Contains("int8 model already", Error(int8, folder.At("clips"), folder.At("x.onnx")), StringComparison.Ordinal);
        File.WriteAllText(folder.At("text.onnx"), "not a model");
        Assert.Contains("text.onnx", Error(folder.At("text.onnx"), folder.At("clips"), folder.At("x.onnx")), StringComparison.Ordinal);
        Assert.Contains("There is no model file", Error(folder.At("none.onnx"), folder.At("clips"), folder.At("x.onnx")), StringComparison.Ordinal);
        var foreign = ModelFile.ReadFloat(path);
        foreign.Graph.Node[0].Name = "foreign";
        ModelFile.Write(foreign, folder.At("foreign.onnx"));
        Assert.Contains("convolution foreign of the model reads frame", Error(folder.At("foreign.onnx"), folder.At("clips"), folder.At("x.onnx")), StringComparison.Ordinal);
        Assert.Contains("There are no clips in", Error(path, folder.At("nowhere"), folder.At("x.onnx")), StringComparison.Ordinal);
        Assert.Contains("choose another place", Error(path, folder.At("clips"), folder.At("nowhere/x.onnx")), StringComparison.Ordinal);
        WriteClips(folder.At("large"), size: 48);
        Assert.Contains("synth --size 32", Error(path, folder.At("large"), folder.At("x.onnx")), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("x.onnx")));
    }

    [Theory]
    [InlineData("--activations", "f16")]
    [InlineData("--count", "0")]
    public void A_wrong_option_ends_with_2(string option, string value) =>
        Assert.Equal(2, Program.Run(["quantize", "--model", "m", "--clips", "c", "--out", "o", option, value]));

    private static (string Float, string Int8) Quantise(TemporaryFolder folder, string activations)
    {
        var (path, int8) = (folder.At("float.onnx"), folder.At("int8.onnx"));
        QuantiseModel.Write(path);
        WriteClips(folder.At("clips"), QuantiseModel.Size);
        Assert.Equal(0, Program.Run(["quantize", "--model", path, "--clips", folder.At("clips"), "--out", int8, "--activations", activations]));
        return (path, int8);
    }

    private static string Error(string model, string clips, string output)
    {
        var arguments = QuantizeCommand.Create().Parse(["--model", model, "--clips", clips, "--out", output]);
        var error = Assert.ThrowsAny<Exception>(() => arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.True(error is TrainingException or EdgeGestureException, error.ToString());
        return error.Message;
    }

    private static void WriteClips(string folder, int size)
    {
        Directory.CreateDirectory(folder);
        using var file = ClipFile.Create(Path.Combine(folder, "some.clips"), size);
        for (var i = 0; i < 6; i++)
            file.Append(Clip(i, size));
    }

    // A light patch that wanders over a dark, noisy field.
    private static StoredClip Clip(int seed, int size)
    {
        var dice = new Dice(seed);
        var (speed, start) = (dice.Between(-1, 1), dice.Between(0, size));
        var pixels = new byte[ClipRenderer.FrameCount * size * size * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y, t) = (i / 3 % size, i / 3 / size % size, i / 3 / size / size);
            var near = MathF.Abs(x - start - speed * t) < 8 && y > size / 3;
            pixels[i] = (byte)((near ? 200 - 60 * (i % 3) : 40) + dice.Below(30));
        }

        return new StoredClip((byte)(speed < 0 ? 1 : 2), [.. Enumerable.Repeat(new FrameTarget(2, 1, Phase.Stroke), ClipRenderer.FrameCount)], pixels);
    }
}
