using System.CommandLine;
using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;

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
        var calibrate = new Option<string[]>("--calibrate") { Description = "Folder of held-out clips to find each gesture's threshold on; without it every threshold is 0.6." };
        var command = new Command("export", "Write a checkpoint's averaged weights as a streaming ONNX model.") { checkpoint, output, version, licence, calibrate };
        command.SetAction(arguments =>
        {
            var network = new TsmNetwork(JesterVocabulary.Labels.Count);
            var size = Checkpoint.LoadAverage(arguments.GetRequiredValue(checkpoint), network);
            var thresholds = GestureBook.Labels.ToDictionary(label => label, _ => 0.6f);
            if (arguments.GetValue(calibrate) is { Length: > 0 } folders)
            {
                using var clips = new ClipFolder(folders);
                thresholds = ThresholdCalibration.Of(network, clips);
            }

            var path = arguments.GetRequiredValue(output);
            OnnxExporter.Export(network, size, new ModelCardFacts(arguments.GetRequiredValue(version), arguments.GetRequiredValue(licence), thresholds), path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length / 1e6:F1} MB, {size}×{size} pixels, {network.Labels} labels"));
            return 0;
        });
        return command;
    }
}
