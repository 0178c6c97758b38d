using System.Text.Json;
using EdgeGesture.Service.Tests.Support;

namespace EdgeGesture.Service.Tests;

public class BenchTests
{
    [Fact]
    public void Every_stage_and_the_still_scene_have_their_figures()
    {
        using var report = Json("bench", "--frames", "20", "--json");
        Assert.Equal(
            ["capture", "gate", "preprocess", "network", "decode", "total"],
            report.RootElement.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
        var scene = report.RootElement.GetProperty("still_scene");
        Assert.InRange(scene.GetProperty("ratio").GetDouble(), 1e-4, 1); // .ci/bench holds it against its bound
        Assert.InRange(report.RootElement.GetProperty("gate_ratio").GetDouble(), 1e-5, 1);
    }

    [Fact]
    public void Threads_and_cores_are_compared_by_joules_and_say_how_they_are_known()
    {
        using var report = Json("bench", "--power", "--frames", "10", "--model", "default.int8", "--json");
        var root = report.RootElement;
        Assert.Contains(root.GetProperty("kind").GetString(), (string[])["measured", "estimate"]);
        var choices = root.GetProperty("choices").EnumerateArray().ToList();
        Assert.Equal(choices.Select(choice => choice.GetProperty("joules").GetDouble()).Order(), choices.Select(choice => choice.GetProperty("joules").GetDouble()));
        Assert.Contains(choices, choice => choice.GetProperty("threads").GetInt32() == 1 && choice.GetProperty("cores").GetArrayLength() == 0);
        Assert.All(choices, choice => Assert.InRange(choice.GetProperty("cpu_ms").GetDouble(), 0.01, 50)); // threads that spin would take the whole 100 ms
        Assert.Equal(Environment.ProcessorCount > 1, choices.Exists(choice => choice.GetProperty("cores").GetArrayLength() == 1));
    }

    private static JsonDocument Json(params string[] arguments)
    {
        var result = ServiceProgram.Run(arguments);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output);
    }
}
