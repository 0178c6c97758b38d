using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EdgeGesture.Power;
using EdgeGesture.Service.Bench;
using Spectre.Console;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture bench</c>: what a frame costs on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var model = ModelFiles.CreateOption();
        var threads = new Option<int>("--threads") { Description = "Threads of a network call.", DefaultValueFactory = _ => 1 };
        var latency = new Option<bool>("--latency") { Description = "Measure the way from a frame to a pin instead, in real time." };
        var power = new Option<bool>("--power")
        {
            Description = "Measure what a network call takes in joules instead, by model, threads and cores, at the model's cadence.",
        };
        var frames = new Option<int?>("--frames") { Description = "Frames to measure: 300 if not given, with --power 50 network calls for each choice." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table." };
        threads.Validators.Add(result => CommandLine.CheckRange(result, 1, 16));
        frames.Validators.Add(result => CommandLine.CheckRange(result, 10, 100_000));
        var command = new Command(
            "bench",
            """
            Measures what a frame costs on this machine, stage by stage: wall and processor time, memory, and start-up,
            on a simulated 640×480 camera whose every frame goes through the network.
            """) { model, threads, frames, latency, power, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(power))
            {
                PowerBenchOutput.Write(MeasurePower(parsed.GetValue(model), parsed.GetValue(frames) ?? 50), parsed.GetValue(json));
                return 0;
            }

            var (path, count) = (ModelFiles.Resolve(parsed.GetValue(model) ?? "default"), parsed.GetValue(frames) ?? 300);
            if (parsed.GetValue(latency))
            {
                PrintLatency(LatencyRun.Measure(path, parsed.GetValue(threads), count), parsed.GetValue(json));
                return 0;
            }

            var report = BenchRun.Measure(path, parsed.GetValue(threads), count);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.BenchReport));
            }
            else
            {
                Print(report);
            }

            return 0;
        });
        return command;
    }

    private static void PrintLatency(LatencyReport report, bool json) => Console.WriteLine(json
        ? JsonSerializer.Serialize(report, ReportJson.Default.LatencyReport)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Model}, {report.Threads} thread(s), {report.Frames} frames of a simulated camera in real time\nFrom a frame's timestamp to the write to its (simulated) pin: median {report.P50Ms:0.00} ms, 99 % within {report.P99Ms:0.00} ms; without the network: median {report.OwnP50Ms:0.00} ms, 99 % within {report.OwnP99Ms:0.00} ms."));

    private static PowerBenchReport MeasurePower(string? model, int calls)
    {
        using var meter = PowerMeterDiscovery.Create(TimeProvider.System).Find(new PowerOptions());
        IReadOnlyList<string> models = model is null ? ["default", "default.int8"] : [model];
        return new PowerBench(meter, BoardProfile.Find(new SystemFiles())).Run([.. models.Select(ModelFiles.Resolve)], calls);
    }

    private static void Print(BenchReport report)
    {
        static string Ms(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
        var table = new Table().Border(TableBorder.Simple).AddColumn("stage");
        foreach (var column in (string[])["median ms", "99 % ms", "processor ms"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var stage in report.Stages)
        {
            table.AddRow(stage.Name, Ms(stage.P50Ms), Ms(stage.P99Ms), Ms(stage.CpuMs));
        }

        Console.WriteLine($"{report.Model}, {report.Threads} thread(s), simulated camera");
        AnsiConsole.Write(table);
        var scene = report.StillScene;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The motion gate takes {100 * report.GateRatio:0.0} % of the network's processor time. At 30 camera frames a second, a still scene takes {scene.StillCpuMsPerSecond:0.00} ms of processor time a second: {100 * scene.Ratio:0.0} % of the {scene.ContinuousCpuMsPerSecond:0.0} ms that recognition takes while something moves."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"From the camera to the network's input, 30 frames of 640×480 a second take {100 * report.Camera.YuyvCoreShare:0.0} % of a core as YUYV and {100 * report.Camera.MjpegCoreShare:0.0} % as JPEG."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.AllocatedBytesPerFrame} bytes allocated per frame, {report.ResidentMb} MiB resident, first scores {report.FirstScoresMs} ms after the program's start"));
    }
}
