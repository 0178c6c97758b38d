using System.CommandLine;
using System.Globalization;
using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Service.Clips;
using EdgeGesture.Service.Demo;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture demo</c>: the main job on what the program ships, without a camera or a board.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var model = ModelFiles.CreateOption();
        var command = new Command(
            "demo",
            """
            Plays the demo clips onto a simulated board and shows each gesture with the pins it drove. Exits with 0 only
            if every clip gave its gesture.
            """) { model };
        command.SetAction(parsed => Run(parsed.GetValue(model)));
        return command;
    }

    private static int Run(string? modelFile)
    {
        var folder = Path.Combine(ModelFiles.Folder, "demo");
        var options = Settings.Read(Path.Combine(folder, "edgegesture.json"), [], modelFile);
        var manifest = ClipManifest.Read(folder);
        using var model = StreamingModel.Load(ModelFiles.Resolve(options.Model.File), options.Model.Threads);
        using var board = new SimulatedBoard(TimeProvider.System);
        using var outputs = OutputDispatcher.Create(options.Outputs, options.Actions, board, TimeProvider.System, NullLogger.Instance);

        Console.WriteLine($"EdgeGesture demo: {manifest.Count} clips through the whole pipeline onto a {board.Name}.");
        var player = new ClipPlayer(model, options);
        var evaluation = new Evaluation(model.Metadata);
        var (frames, cpu) = (0L, TimeSpan.Zero);
        using (var screen = DemoScreen.Create())
        {
            foreach (var (path, label) in manifest)
            {
                using var clip = CameraFactory.OpenFile(Path.Combine(folder, path));
                var sink = new DemoSink(outputs, board);
                screen.Begin(path, label);
                var result = player.Play(clip, sink);
                var events = sink.Events.Select(shown => shown.Gesture).ToList();
                screen.End(sink.Events, evaluation.Add(path, label, result, events));
                frames += result.Frames;
                cpu += result.CpuTime;
            }
        }

        var report = evaluation.Report();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.EventCorrect} of {report.Clips} clips as expected; {frames} frames, {cpu.TotalMilliseconds / frames:0.0} ms of processor time each."));
        return report.EventCorrect == report.Clips ? 0 : 1;
    }
}
