using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Telemetry;

namespace EdgeGesture.Service.Bench;

/// <summary>
/// Holds a still scene, in which the motion gate lets the network sleep, against continuous recognition of the same
/// number of frames: processor time of the whole process on a simulated camera of 30 frames a second.
/// </summary>
internal static class StillScene
{
    private const double CameraFps = 30;
    private const double SecondsAsleep = 120; // of video: four signs of life
    private const double SecondsAwake = 20;

    public static StillSceneReport Measure(StreamingModel model)
    {
        var continuous = MsPerSecond(model, new EdgeGestureOptions { Motion = { Enabled = false } }, SecondsAwake, isStill: false);
        var still = MsPerSecond(model, new EdgeGestureOptions(), SecondsAsleep, isStill: true);
        return new StillSceneReport(Math.Round(continuous, 3), Math.Round(still, 3), Math.Round(still / continuous, 4));
    }

    private static double MsPerSecond(StreamingModel model, EdgeGestureOptions options, double seconds, bool isStill)
    {
        using var camera = new SyntheticCamera(BenchRun.Width, BenchRun.Height, CameraFps, isStill);
        using var pipeline = new Pipeline(camera, model, options, new Nowhere(), TimeProvider.System);
        Play(pipeline, seconds); // falls asleep, and is compiled
        var clock = new CpuClock();
        var before = clock.GetTimestamp();
        Play(pipeline, seconds);
        return clock.GetElapsedTime(before).TotalMilliseconds / seconds;
    }

    private static void Play(Pipeline pipeline, double seconds)
    {
        for (var i = 0; i < seconds * CameraFps; i++)
        {
            pipeline.Step(TimeSpan.Zero);
        }
    }
}
