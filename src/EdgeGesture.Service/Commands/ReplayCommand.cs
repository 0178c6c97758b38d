using System.CommandLine;
using System.Text.Json;
using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Service.Clips;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture replay</c>: the events of a video, as newline-delimited JSON.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var video = new Argument<string>("VIDEO") { Description = "A video file: .y4m and .y4m.gz are read directly, all others by the ffmpeg program." };
        var model = ModelFiles.CreateOption();
        var config = Settings.CreateConfigOption();
        var set = Settings.CreateSetOption();
        var command = new Command(
            "replay",
            """
            Prints the gestures in a video, one JSON object a line (start and fire are seconds in the video), and last
            one with "type":"end".
            """) { video, model, config, set };
        command.SetAction(parsed =>
        {
            var options = Settings.Read(parsed.GetValue(config), parsed.GetValue(set), parsed.GetValue(model));
            using var network = StreamingModel.Load(ModelFiles.Resolve(options.Model.File), options.Model.Threads);
            using var clip = CameraFactory.OpenFile(parsed.GetValue(video)!);
            var result = new ClipPlayer(network, options).Play(clip, new LineWriter());
            Print(new EndLine("end", result.Frames, Math.Round(result.Seconds, 3), Math.Round(result.CpuTime.TotalMilliseconds, 1)), ReportJson.Default.EndLine);
            return 0;
        });
        return command;
    }

    private static void Print<T>(T line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(line, type));

    private sealed class LineWriter : IGestureSink
    {
        public void Post(in GestureEvent gesture) => Print(
            new GestureLine(
                "gesture", gesture.Gesture, Math.Round(gesture.Confidence, 3),
                Math.Round(gesture.Start.TotalSeconds, 3), Math.Round(gesture.Fire.TotalSeconds, 3), gesture.Frame),
            ReportJson.Default.GestureLine);

        public void MakeSafe(string reason)
        {
            // A replay drives nothing.
        }
    }

    internal sealed record GestureLine(string Type, string Gesture, double Confidence, double Start, double Fire, long Frame);

    internal sealed record EndLine(string Type, long Frames, double Seconds, double CpuMs);
}
