using System.CommandLine;
using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Quantising;
using Spectre.Console;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train quantize</c>: makes an int8 model of a float32 one and measures both.</summary>
public static class QuantizeCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "The float32 model file of `export`.", Required = true };
        var clips = new Option<string[]>("--clips") { Description = "Folder of clips made by `synth`; may be given several times. Every other clip calibrates, the rest compare.", Required = true };
        var output = new Option<string>("--out") { Description = "The int8 model file to write, .onnx.", Required = true };
        var activations = new Option<string>("--activations") { Description = "The activations' type: u8 is fast on x86-64, s8 on ARM.", DefaultValueFactory = _ => "u8" };
        activations.AcceptOnlyFromAmong("u8", "s8");
        var count = new Option<int>("--count") { Description = "At most so many clips calibrate, and as many compare.", DefaultValueFactory = _ => 100 };
        count.MustLieWithin(1, int.MaxValue, "--count is the number of clips, at least 1.");
        var command = new Command("quantize", "Write a model in int8: about 0.6 of the processor time and a third of the size.") { model, clips, output, activations, count };
        command.SetAction(arguments =>
        {
            Run(
                arguments.GetRequiredValue(model), arguments.GetRequiredValue(clips), arguments.GetRequiredValue(output),
                arguments.GetValue(activations) == "s8" ? ActivationType.S8 : ActivationType.U8, arguments.GetValue(count));
            return 0;
        });
        return command;
    }

    private static void Run(string path, string[] folders, string output, ActivationType type, int count)
    {
        var model = ModelFile.ReadFloat(path);
        var metadata = ModelMetadata.Parse(model.MetadataProps.ToDictionary(property => property.Key, property => property.Value), path);
        using var clips = new ClipFolder(folders);
        clips.MustFit(metadata.Size);
        if (clips.Count < 2)
            throw new TrainingException($"There is one clip in {string.Join(", ", folders)}, where one to calibrate and one to compare are needed; make more with `edgegesture-train synth`.");

        var histograms = Calibration.Run(model, Every(clips, 0, count), metadata);
        ModelFile.Write(Quantizer.Quantize(model, metadata, histograms, type), output);
        Print(path, output, Comparison.Of(path, output, Every(clips, 1, count)));
    }

    // Clips spread evenly over all that there are; first 0 and first 1 share none.
    private static IEnumerable<StoredClip> Every(ClipFolder clips, int first, int count)
    {
        var pairs = clips.Count / 2;
        var chosen = Math.Min(count, pairs);
        return Enumerable.Range(0, chosen).Select(i => clips.Read((int)((long)i * pairs / chosen) * 2 + first));
    }

    private static void Print(string path, string output, Comparison result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "float32", "int8");
        table.AddRow("file, MB", Number(new FileInfo(path).Length / 1e6, "F2"), Number(new FileInfo(output).Length / 1e6, "F2"));
        table.AddRow("processor time a frame, ms", Number(result.FloatCpuMs, "F3"), Number(result.Int8CpuMs, "F3"));
        table.AddRow("of float32", "", Number(result.Int8CpuMs / result.FloatCpuMs, "F2"));
        table.AddRow("clips named right", Number(result.FloatTop1, "P1"), Number(result.Int8Top1, "P1"));
        table.AddRow($"clips of {result.Clips} named alike", "", Number(result.SameTop1, "P1"));
        table.AddRow("probability differs by, mean", "", Number(result.MeanDifference, "F4"));
        table.AddRow("probability differs by, most", "", Number(result.LargestDifference, "F4"));
        table.AddRow("integer convolutions", "", Number(OptimizedGraph.CountNodes(output).GetValueOrDefault("QLinearConv"), "F0"));
        AnsiConsole.Write(table);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
