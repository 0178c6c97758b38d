using System.Runtime.InteropServices;
using EdgeGesture.Models;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests.Models;

public partial class StreamingModelTests
{
    [Fact]
    public void The_cache_carries_the_previous_frame()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path);
        Assert.Equal([1, 1, 1], Step(model, 1));
        Assert.Equal([6, 6, 6], Step(model, 5)); // 5 + 1
        Assert.Equal([7, 7, 7], Step(model, 2)); // 2 + 5
        Assert.Equal([3, 3, 3], Step(model, 1)); // 1 + 2: both ways of the two cache sets
    }

    [Fact]
    public void Onnx_runtime_is_told_to_report_nothing()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path);
        Assert.Equal("1", Marshal.PtrToStringUTF8(GetEnvironment("ORT_DISABLE_TELEMETRY")));
    }

    [Fact]
    public void Another_number_of_threads_keeps_the_cache()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path, threads: 2);
        Step(model, 1);
        Assert.True(model.TryUseThreads(1));
        Assert.Equal(1, model.Threads);
        Assert.Equal([6, 6, 6], Step(model, 5)); // 5 + 1
        Assert.True(model.TryUseThreads(2));
        Assert.Equal([7, 7, 7], Step(model, 2));
    }

    [Fact]
    public void Without_its_file_it_keeps_its_threads_and_goes_on()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path, threads: 2);
        Step(model, 1);
        File.WriteAllText(file.Path, "no model");
        Assert.False(model.TryUseThreads(1));
        Assert.Equal(2, model.Threads);
        Assert.Equal([6, 6, 6], Step(model, 5));
    }

    [Fact]
    public void Reset_clears_the_cache_at_any_time()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path);
        for (var frames = 1; frames < 4; frames++)
        {
            for (var i = 0; i < frames; i++)
            {
                Step(model, 9);
            }

            model.Reset();
            Assert.Equal([2, 2, 2], Step(model, 2));
            model.Reset();
        }
    }

    [Fact]
    public void What_the_file_says_of_itself_is_read()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path);
        Assert.Equal(["Nothing", "Left", "Right"], model.Metadata.Labels);
        Assert.Equal(0.7f, model.Metadata.ThresholdOf("Right"));
        Assert.Equal(10, model.Metadata.CadenceFps);
        Assert.Equal("state_in_0 1×3×1×1", Assert.Single(model.States).ToString());
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path);
        Step(model, 1);
        model.Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            model.Step();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_missing_file_is_named() => Refused("/nowhere/model.onnx", "There is no model file /nowhere/model.onnx");

    [Fact]
    public void An_empty_file_is_refused()
    {
        using var file = new TinyModelFile();
        File.WriteAllBytes(file.Path, []);
        Refused(file.Path, "is empty");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void A_truncated_file_is_refused(double part)
    {
        using var file = new TinyModelFile();
        var bytes = File.ReadAllBytes(file.Path);
        File.WriteAllBytes(file.Path, bytes[..(int)(bytes.Length * part)]);
        Assert.Contains(file.Path, Assert.Throws<EdgeGestureException>(() => StreamingModel.Load(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_onnx_is_refused()
    {
        using var file = new TinyModelFile();
        File.WriteAllText(file.Path, "#!/bin/sh\necho not a network\n");
        Refused(file.Path, "is not a whole ONNX model");
    }

    [Fact]
    public void A_folder_is_refused()
    {
        using var file = new TinyModelFile();
        Refused(Path.GetDirectoryName(file.Path)!, "There is no model file");
    }

    [Fact]
    public void An_input_of_another_size_is_refused_with_both_sizes()
    {
        using var file = new TinyModelFile(frameSize: 40);
        Refused(file.Path, "the input frame float 1×3×40×40, where edgegesture.size asks for float 1×3×32×32");
    }

    [Fact]
    public void An_input_of_another_name_is_refused()
    {
        using var file = new TinyModelFile(frameName: "image");
        Refused(file.Path, "no input called frame");
    }

    [Fact]
    public void A_cache_that_is_written_in_another_shape_is_refused()
    {
        using var file = new TinyModelFile(stateOut: [1, 3, 2, 2]);
        Refused(file.Path, "state_out_0");
    }

    [Theory]
    [InlineData("edgegesture.labels", null, "lacks the metadata property edgegesture.labels")]
    [InlineData("edgegesture.licence", null, "lacks the metadata property edgegesture.licence")]
    [InlineData("edgegesture.labels", """["Nothing", "Left"]""", "edgegesture.thresholds")]
    [InlineData("edgegesture.labels", "Left, Right", "edgegesture.labels = Left, Right, where a JSON array")]
    [InlineData("edgegesture.size", "large", "edgegesture.size = large, where a number from 32 to 512 is needed")]
    [InlineData("edgegesture.size", "48", "where edgegesture.size asks for float 1×3×48×48")]
    [InlineData("edgegesture.mean", "[0.5]", "three numbers")]
    [InlineData("edgegesture.std", "[0, 1, 1]", "above 0")]
    [InlineData("edgegesture.cadence", "0", "a number from 1 to 120")]
    [InlineData("edgegesture.thresholds", """{ "Left": 7 }""", "numbers from 0 to 1")]
    [InlineData("edgegesture.background", "[]", "at least one of the model's labels")]
    public void A_property_that_cannot_be_is_refused_by_name(string property, string? value, string expected)
    {
        using var file = new TinyModelFile(property, value);
        Refused(file.Path, expected);
    }

    private static void Refused(string path, string expected)
    {
        var error = Assert.Throws<EdgeGestureException>(() => StreamingModel.Load(path));
        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), error.Message);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static float[] Step(StreamingModel model, float value)
    {
        model.Frame.Fill(value);
        model.Step();
        return model.Scores.ToArray();
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
