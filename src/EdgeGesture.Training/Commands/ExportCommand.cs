using System.CommandLine;
using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Streams;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train export</c>: turns a checkpoint into a model file for edgegesture.</summary>
public static class ExportCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<string>("--checkpoint") { Description = "A run folder of `fit` that came to its end.", Required = true };
        var output = new Option<string>("--out") { Description = "The model file to write, .onnx.", Required = true };
        var side = new Option<int?>("--size") { Description = "The network's input side in pixels, 32-512, instead of the one that it was trained at: for comparing costs." };
        var version = new Option<string>("--model-version") { Description = "The model's version, kept in the file.", DefaultValueFactory = _ => "0.1.0" };
        var licence = new Option<string>("--licence") { Description = "The model's licence, kept in the file.", DefaultValueFactory = _ => "MIT" };
        side.MustLieWithin(32, 512, "--size is the input side in pixels, 32 to 512.");
        var calibrate = new Option<string[]>("--calibrate") { Description = "Folder of held-out clips to find each gesture's threshold on, beside what the run rehearsed; without it every threshold is 0.6." };
        var background = new Option<string[]>("--background") { Description = "Folder of held-out clips: thresholds are raised until its background clips, as one stream, give at most one event an hour; two hours (2,600 clips) say most." };
        var command = new Command("export", "Write a checkpoint's averaged weights as a streaming ONNX model.") { checkpoint, output, side, version, licence, calibrate, background };
        command.SetAction(arguments =>
        {
            var network = new TsmNetwork(JesterVocabulary.Labels.Count);
            var trained = Checkpoint.LoadAverage(arguments.GetRequiredValue(checkpoint), network);
            Checkpoint.LoadHead(arguments.GetRequiredValue(checkpoint), network.Head);
            var size = arguments.GetValue(side) ?? trained;
            var thresholds = GestureBook.Labels.ToDictionary(label => label, _ => 0.6f);
            if (arguments.GetValue(calibrate) is { Length: > 0 } folders)
            {
                using var clips = new ClipFolder(folders);
                clips.MustFit(trained);
                var seen = SeenClips.See(network, clips);
                if (Checkpoint.RehearsedOf(arguments.GetRequiredValue(checkpoint)) is { } rehearsed)
                    seen = seen.Beside(SeenClips.Load(rehearsed, network));
                thresholds = ThresholdCalibration.Of(network.Head, seen);
            }

            var path = arguments.GetRequiredValue(output);
            var facts = new ModelCardFacts(arguments.GetRequiredValue(version), arguments.GetRequiredValue(licence), thresholds);
            OnnxExporter.Export(network, size, facts, path);
            if (arguments.GetValue(background) is { Length: > 0 } quiet)
            {
                facts = facts with { Thresholds = Quieten(path, quiet, thresholds) };
                OnnxExporter.Export(network, size, facts, path);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length / 1e6:F1} MB, {size}×{size} pixels, {network.Labels} labels"));
            return 0;
        });
        return command;
    }

    private static Dictionary<string, float> Quieten(string model, string[] folders, Dictionary<string, float> thresholds)
    {
        using var network = StreamingModel.Load(model);
        using var clips = new ClipFolder(folders, JesterVocabulary.Background);
        var stream = ClipStream.Play(network, clips);
        var (raised, events) = FalseEventCalibration.Of(stream, thresholds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{stream.Length.TotalHours:F2} h of background: {stream.Events(thresholds).Count} events before, {events} after thresholds were raised"));
        return raised;
    }
}
