using System.Diagnostics;
using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Telemetry;

namespace EdgeGesture.Service.Bench;

/// <summary>
/// Runs the pipeline on a simulated camera as fast as it goes: once on the wall clock for the percentiles, once on the
/// processor's clock for the cost.
/// </summary>
internal static class BenchRun
{
    public const int Width = 640;
    public const int Height = 480;

    private const int WarmUpFrames = 200;

    public static BenchReport Measure(string path, int threads, int frames)
    {
        using var model = StreamingModel.Load(path, threads);
        model.Step();
        var firstScores = DateTime.Now - Process.GetCurrentProcess().StartTime;

        var wall = Run(model, frames, TimeProvider.System, out var allocated);
        var cpu = Run(model, frames, new CpuClock(), out _);
        var stages = Enum.GetValues<Stage>().Select(stage => Summarise(
            stage.ToString().ToLowerInvariant(), [.. wall.Select(frame => frame[(int)stage])], [.. cpu.Select(frame => frame[(int)stage])])).ToList();
        stages.Add(Summarise("total", [.. wall.Select(frame => frame.Sum())], [.. cpu.Select(frame => frame.Sum())]));
        var gateRatio = stages[(int)Stage.Gate].CpuMs / stages[(int)Stage.Network].CpuMs;
        return new BenchReport(
            path, threads, stages, Math.Round(gateRatio, 4), StillScene.Measure(model), CameraCost.Measure(model.Metadata), Math.Round((double)allocated / frames, 1),
            Math.Round(Environment.WorkingSet / (1024.0 * 1024), 1), Math.Round(firstScores.TotalMilliseconds));
    }

    // Milliseconds of each stage of each frame.
    private static double[][] Run(StreamingModel model, int frames, TimeProvider clock, out long allocated)
    {
        var stages = Enum.GetValues<Stage>();
        var times = Enumerable.Range(0, frames).Select(_ => new double[stages.Length]).ToArray();
        using var camera = new SyntheticCamera(Width, Height, model.Metadata.CadenceFps);
        using var pipeline = new Pipeline(camera, model, new EdgeGestureOptions(), new Nowhere(), clock);
        for (var i = 0; i < WarmUpFrames; i++)
        {
            pipeline.Step(TimeSpan.Zero);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < frames; i++)
        {
            pipeline.Step(TimeSpan.Zero);
            foreach (var stage in stages)
            {
                times[i][(int)stage] = pipeline.Stages[stage].TotalMilliseconds;
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return times;
    }

    private static StageReport Summarise(string name, double[] wall, double[] cpu)
    {
        Array.Sort(wall);
        double Percentile(double part) => wall[(int)Math.Ceiling(part * (wall.Length - 1))];
        return new StageReport(name, Math.Round(Percentile(0.5), 4), Math.Round(Percentile(0.99), 4), Math.Round(cpu.Average(), 4));
    }
}
