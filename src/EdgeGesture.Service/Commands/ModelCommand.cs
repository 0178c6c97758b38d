using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EdgeGesture.Models;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture model</c>: what a model file is.</summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", "Shows, checks and installs model files.") { CreateInfo(), CreateVerify(), ModelInstallCommand.Create() };

    private static Command CreateInfo()
    {
        var file = CreateArgument();
        var json = new Option<bool>("--json") { Description = "Print the metadata as one JSON object." };
        var command = new Command("info", "Shows what a model file says of itself: labels, input, cadence, thresholds, caches.") { file, json };
        command.SetAction(parsed =>
        {
            using var model = Load(parsed.GetValue(file)!);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(ModelReport.Of(model), ReportJson.Default.ModelReport)
                : Describe(ModelReport.Of(model)));
            return 0;
        });
        return command;
    }

    private static Command CreateVerify()
    {
        var file = CreateArgument();
        var command = new Command("verify", "Loads a model file, checks every property and shape, and runs it for a few frames.") { file };
        command.SetAction(parsed =>
        {
            using var model = Load(parsed.GetValue(file)!);
            ModelCheck.Run(model);
            Console.WriteLine($"{model.Path} is sound: {model.Metadata.Labels.Count} labels, {model.Metadata.Size}×{model.Metadata.Size}, {model.States.Count} caches.");
            return 0;
        });
        return command;
    }

    private static Argument<string> CreateArgument() => new("FILE")
    {
        Description = "The model file; the one that ships with the program if not given.",
        DefaultValueFactory = _ => "default",
    };

    private static StreamingModel Load(string file) => StreamingModel.Load(ModelFiles.Resolve(file));

    private static string Describe(ModelReport report) => string.Join('\n',
    [
        $"file        {report.File} ({report.Bytes / 1e6:0.0} MB)",
        $"version     {report.Version}, {report.Licence}",
        string.Create(CultureInfo.InvariantCulture, $"input       {report.Size}×{report.Size} RGB at {report.Cadence} frames per second"),
        string.Create(CultureInfo.InvariantCulture, $"caches      {report.States.Count} tensors, {report.StateBytes / 1024.0:0.0} KiB"),
        $"background  {string.Join(", ", report.Background)}",
        "gestures, each with the probability from which it counts:",
        .. report.Labels.Except(report.Background).Select(label => string.Create(CultureInfo.InvariantCulture, $"  {report.Thresholds[label]:0.00}  {label}")),
    ]);
}
