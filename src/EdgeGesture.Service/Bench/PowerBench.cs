using System.Diagnostics;
using EdgeGesture.Models;
using EdgeGesture.Power;
using EdgeGesture.Telemetry;

namespace EdgeGesture.Service.Bench;

/// <summary>
/// Holds models, thread counts and cores against each other by the energy of a network call, at the model's cadence as in
/// the service: between two calls the threads sleep, caches cool and the clock sinks.
/// </summary>
/// <param name="meter">Where watts come from; an estimate is not used, but the board's watts per core.</param>
/// <param name="board">The board, for the estimate.</param>
internal sealed class PowerBench(IPowerMeter meter, BoardProfile board)
{
    private static readonly TimeSpan LeastSampling = TimeSpan.FromMilliseconds(100);

    private readonly List<double> _watts = [];
    private long _lastSample;

    /// <param name="models">Model files.</param>
    /// <param name="calls">Network calls for each choice.</param>
    public PowerBenchReport Run(IReadOnlyList<string> models, int calls)
    {
        var cores = CpuAffinity.Allowed();
        using var first = StreamingModel.Load(models[0]);
        var cadence = first.Metadata.CadenceFps;
        var idleWatts = meter.IsMeasured ? MeanWatts(() => Rest(cadence, calls)) : 0;
        var choices = new List<PowerBenchChoice>();
        foreach (var model in models)
        {
            foreach (var threads in (int[])[1, 2, 4])
            {
                if (threads > cores.Count)
                {
                    continue;
                }

                choices.Add(OnItsOwnThread(() => Measure(model, threads, [], cadence, calls, idleWatts)));
                if (threads < cores.Count)
                {
                    choices.Add(OnItsOwnThread(() => Measure(model, threads, [.. cores.TakeLast(threads)], cadence, calls, idleWatts)));
                }
            }
        }

        return new PowerBenchReport(
            meter.IsMeasured ? meter.Source : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"processor time × {board.CoreWatts} W, {board.Name}, ±{100 * board.ErrorFraction:0} %"),
            meter.IsMeasured ? "measured" : "estimate", cadence, [.. choices.OrderBy(choice => choice.Joules)]);
    }

    private PowerBenchChoice Measure(string path, int threads, IReadOnlyList<int> cores, double cadenceFps, int calls, double idleWatts)
    {
        if (cores.Count > 0)
        {
            CpuAffinity.KeepTo(cores); // ONNX Runtime's threads, which start below, inherit it
        }

        using var model = StreamingModel.Load(path, threads);
        for (var i = 0; i < 20; i++)
        {
            model.Step();
        }

        var times = new double[calls];
        var cpu = new CpuClock();
        var before = 0L;
        var watts = MeanWatts(() =>
        {
            before = cpu.GetTimestamp();
            for (var i = 0; i < calls; i++)
            {
                var begin = Stopwatch.GetTimestamp();
                model.Step();
                times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                Rest(cadenceFps, 1);
            }
        });
        var cpuSeconds = cpu.GetElapsedTime(before).TotalSeconds / calls;
        Array.Sort(times);
        var joules = meter.IsMeasured ? (watts - idleWatts) / cadenceFps : board.CoreWatts * cpuSeconds;
        return new PowerBenchChoice(Path.GetFileName(path), threads, cores, Math.Round(times[calls / 2], 3), Math.Round(1000 * cpuSeconds, 3), Math.Round(joules, 5));
    }

    private double MeanWatts(Action work)
    {
        _watts.Clear();
        _ = meter.IsMeasured && meter.TryRead(out _); // a counter counts from here
        work();
        return _watts.Count > 0 ? _watts.Average() : 0;
    }

    // Sleeps for so many periods of the cadence, and reads the meter now and then.
    private void Rest(double cadenceFps, int periods)
    {
        for (var i = 0; i < periods; i++)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1 / cadenceFps));
            if (meter.IsMeasured && Stopwatch.GetElapsedTime(_lastSample) >= Max(LeastSampling, meter.LeastInterval / 5))
            {
                _lastSample = Stopwatch.GetTimestamp();
                if (meter.TryRead(out var watts))
                {
                    _watts.Add(watts);
                }
            }
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static T OnItsOwnThread<T>(Func<T> work)
    {
        var (result, failure) = (default(T), default(Exception));
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
#pragma warning disable CA1031 // Thrown again below, on the caller's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    }
}
