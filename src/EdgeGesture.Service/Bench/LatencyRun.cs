using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGesture.Service.Bench;

/// <summary>
/// Measures the way from a frame to a pin: a simulated camera in real time at the network's cadence, whose frames are
/// stamped with the time that they are due; every frame goes through the network and then switches a line of the simulated
/// board, by the same worker thread as in the service.
/// </summary>
internal static class LatencyRun
{
    private const int WarmUpFrames = 20;
    private const string EveryFrame = "every frame";

    public static LatencyReport Measure(string path, int threads, int frames)
    {
        using var model = StreamingModel.Load(path, threads);
        var clock = TimeProvider.System;
        var all = new List<double>(frames);
        var own = new List<double>(frames);
        var (frameTime, network) = (TimeSpan.Zero, TimeSpan.Zero);
        using var switched = new SemaphoreSlim(0);
        using var board = new SimulatedBoard(clock) { Changed = change => Note(change.Time) };
        using var outputs = OutputDispatcher.Create(
            new Dictionary<string, OutputOptions> { ["line"] = new GpioOptions { Line = "1" } },
            [new ActionOptions { Gesture = EveryFrame, Output = "line", Do = Verb.Toggle }], board, clock, NullLogger.Instance);
        switched.Wait(); // its initial level

        using var camera = new RealTimeCamera(() => new SyntheticCamera(BenchRun.Width, BenchRun.Height, model.Metadata.CadenceFps), loop: false);
        var options = new EdgeGestureOptions { Motion = { Enabled = false } };
        Pipeline? pipeline = null;
        using var measured = pipeline = new Pipeline(camera, model, options, new Nowhere(), clock)
        {
            Recognised = frame =>
            {
                (frameTime, network) = (frame.Timestamp, pipeline!.Stages[Stage.Network]);
                outputs.Post(new GestureEvent(EveryFrame, 1, frame.Timestamp, frame.Timestamp, frame.Sequence));
            },
        };
        for (var i = 0; i < WarmUpFrames + frames; i++)
        {
            while (measured.Step(TimeSpan.FromSeconds(1)) != ReadResult.Frame)
            {
            }

            switched.Wait();
        }

        return new LatencyReport(path, threads, frames, Percentile(all, 0.5), Percentile(all, 0.99), Percentile(own, 0.5), Percentile(own, 0.99));

        void Note(TimeSpan now)
        {
            all.Add((now - frameTime).TotalMilliseconds);
            own.Add((now - frameTime - network).TotalMilliseconds);
            switched.Release();
        }

        static double Percentile(List<double> values, double part)
        {
            // The first change is the line's initial level.
            var sorted = values.Skip(1 + WarmUpFrames).Order().ToList();
            return Math.Round(sorted[(int)Math.Ceiling(part * (sorted.Count - 1))], 3);
        }
    }
}
