using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Power;
using EdgeGesture.Service.Clips;
using Spectre.Console;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture eval</c>: how many labelled clips come out right.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "A folder of clips with manifest.csv (path,label)." };
        var model = ModelFiles.CreateOption();
        var config = Settings.CreateConfigOption();
        var set = Settings.CreateSetOption();
        var level = new Option<int>("--level")
        {
            Description = $"Play as at this level of the power governor, 0 (full cadence) to {GovernorLevel.All.Count - 1}.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        level.Validators.Add(result => CommandLine.CheckRange(result, 0, GovernorLevel.All.Count - 1));
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table." };
        var command = new Command(
            "eval",
            """
            Plays labelled clips through the whole pipeline. A gesture clip is correct when its label fired and no other
            gesture did, a background clip when nothing fired.
            """) { folder, model, config, set, level, json };
        command.SetAction(parsed =>
        {
            var options = Settings.Read(parsed.GetValue(config), parsed.GetValue(set), parsed.GetValue(model));
            var report = Run(parsed.GetValue(folder)!.FullName, options, GovernorLevel.All[parsed.GetValue(level)]);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.EvaluationReport));
            }
            else
            {
                Print(report);
            }

            return 0;
        });
        return command;
    }

    private static EvaluationReport Run(string folder, EdgeGesture.Configuration.EdgeGestureOptions options, GovernorLevel level)
    {
        var manifest = ClipManifest.Read(folder);
        using var model = StreamingModel.Load(ModelFiles.Resolve(options.Model.File), options.Model.Threads);
        var unknown = manifest.Select(entry => entry.Label).Distinct().Except(model.Metadata.Labels).ToList();
        if (unknown.Count > 0)
        {
            Console.Error.WriteLine($"edgegesture: the model has no label {string.Join(", ", unknown)}, so those clips can only be missed or wrong.");
        }

        var player = new ClipPlayer(model, options) { Level = level };
        var evaluation = new Evaluation(model.Metadata);
        foreach (var (path, label) in manifest)
        {
            using var clip = CameraFactory.OpenFile(Path.Combine(folder, path));
            var sink = new EventList();
            var result = player.Play(clip, sink);
            evaluation.Add(path, label, result, sink.Events);
        }

        return evaluation.Report();
    }

    private static void Print(EvaluationReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("clip", "label", "events", "arg-max of the mean score");
        foreach (var clip in report.PerClip)
        {
            table.AddRow(
                Markup.Escape(clip.Path), Markup.Escape(clip.Label),
                Markup.Escape(clip.Events.Count == 0 ? "none" : string.Join(", ", clip.Events)), Markup.Escape(clip.ClipPrediction));
        }

        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Clips} clips: {report.EventCorrect} correct, {report.EventWrong} wrong, {report.EventMissed} missed, {report.FalseEvents} false events; clip top-1 {report.ClipTop1:P0}"));
    }
}
