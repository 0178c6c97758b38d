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
            Recognises the gestures in a video and prints one JSON object per event, then one for the end:

              {"type":"gesture","gesture":"Swiping Left","confidence":0.93,"start":1.1,"fire":1.62,"frame":23}
              {"type":"end","frames":37,"seconds":3.7,"cpu_ms":118.2}

            start and fire are seconds in the video. Nothing else goes to stdout.
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
