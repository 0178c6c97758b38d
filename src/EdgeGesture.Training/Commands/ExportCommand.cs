using System.CommandLine;
using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train export</c>: turns a checkpoint into a model file for edgegesture.</summary>
public static class ExportCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<string>("--checkpoint") { Description = "A run folder of `fit`, or its checkpoint.safetensors.", Required = true };
        var output = new Option<string>("--out") { Description = "The model file to write, .onnx.", Required = true };
        var version = new Option<string>("--model-version") { Description = "The model's version, kept in the file.", DefaultValueFactory = _ => "0.1.0" };
        var licence = new Option<string>("--licence") { Description = "The model's licence, kept in the file.", DefaultValueFactory = _ => "MIT" };
        var threshold = new Option<float>("--threshold") { Description = "The probability (0 to 1) from which a gesture counts.", DefaultValueFactory = _ => 0.6f };
        var command = new Command("export", "Write a checkpoint's averaged weights as a streaming ONNX model.") { checkpoint, output, version, licence, threshold };
        command.SetAction(arguments =>
        {
            var network = new TsmNetwork(JesterVocabulary.Labels.Count);
            var size = Checkpoint.LoadAverage(arguments.GetRequiredValue(checkpoint), network);
            var thresholds = Synthesis.GestureBook.Labels.ToDictionary(label => label, _ => arguments.GetValue(threshold));
            var path = arguments.GetRequiredValue(output);
            OnnxExporter.Export(network, size, new ModelCardFacts(arguments.GetRequiredValue(version), arguments.GetRequiredValue(licence), thresholds), path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length / 1e6:F1} MB, {size}×{size} pixels, {network.Labels} labels"));
            return 0;
        });
        return command;
    }
}
