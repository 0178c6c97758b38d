using System.CommandLine;
using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Streams;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train measure</c>: a model's events on long streams of held-out clips.</summary>
public static class MeasureCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "The model file, .onnx.", Required = true };
        var clips = new Option<string[]>("--clips") { Description = "Folder of held-out clips of `synth --held-out` or `import`, played as one stream.", Required = true };
        var command = new Command("measure", "Play held-out clips as one long stream and count right, missed and wrong events.") { model, clips };
        command.SetAction(arguments =>
        {
            using var network = StreamingModel.Load(arguments.GetRequiredValue(model));
            using var folder = new ClipFolder(arguments.GetRequiredValue(clips));
            var stream = ClipStream.Play(network, folder);
            var events = stream.Events(network.Metadata.Thresholds);
            var score = StreamScore.Of(stream, events);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{folder.Count} clips, {stream.Length.TotalHours:F2} h: {score.Right} gestures right, {score.Missed} missed, {score.Wrong} wrong events ({score.Wrong / stream.Length.TotalHours:F1} an hour), F1 {score.F1:F3}"));
            return 0;
        });
        return command;
    }
}
