using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData()]
    [InlineData("demo")]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("top")]
    [InlineData("snapshot")]
    [InlineData("doctor")]
    [InlineData("log")]
    [InlineData("replay")]
    [InlineData("eval")]
    [InlineData("bench")]
    [InlineData("model", "info")]
    [InlineData("model", "verify")]
    [InlineData("model", "install")]
    public void Help_explains_itself_and_exits_with_0(params string[] command)
    {
        var result = ServiceProgram.Run([.. command, "--help"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("bench", "--threads", "many")]
    [InlineData("bench", "--threads", "99")]
    [InlineData("replay")]
    public void Bad_usage_exits_with_2_and_points_to_help(params string[] arguments)
    {
        var result = ServiceProgram.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--help", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_missing_model_is_one_sentence_and_1()
    {
        var result = ServiceProgram.Run("model", "verify", "/nowhere/m.onnx");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("edgegesture: There is no model file /nowhere/m.onnx; name another with --model, or reinstall EdgeGesture for its default.", result.Errors);
    }

    [Fact]
    public void Verbose_adds_the_stack_trace()
    {
        var result = ServiceProgram.Run("model", "verify", "/nowhere/m.onnx", "--verbose");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("   at EdgeGesture.Models.StreamingModel.Load", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_model_is_said_to_be_so()
    {
        using var model = new TinyModelFile();
        Assert.Equal(0, ServiceProgram.Run("model", "verify", model.Path).ExitCode);
        var info = ServiceProgram.Run("model", "info", model.Path, "--json");
        using var json = System.Text.Json.JsonDocument.Parse(info.Output);
        Assert.Equal("Left", json.RootElement.GetProperty("labels")[1].GetString());
        Assert.Equal(32, json.RootElement.GetProperty("size").GetInt32());
    }

    [Theory]
    [InlineData("""{ "camera": { "fps": 5000 } }""", "camera.fps is 5000, where a whole number from 1 to 120 is allowed")]
    [InlineData("""{ "camra": {} }""", "camra is {}, where no such key")]
    [InlineData("""{ "camera": """, "is not JSON at line 1")]
    public void A_bad_configuration_exits_with_2_before_anything_starts(string json, string expected)
    {
        var path = Path.Combine(_folder, "edgegesture.json");
        File.WriteAllText(path, json);
        var result = ServiceProgram.Run("run", "--config", path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Watching", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gesture_that_the_model_does_not_know_is_refused_before_any_pin_moves()
    {
        using var model = new TinyModelFile();
        var result = ServiceProgram.Run("run", "--model", model.Path, "--config", Repository.File("deploy/edgegesture.json"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("actions[0].gesture is \"Swiping Right\"", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_missing_or_empty_is_named()
    {
        using var model = new TinyModelFile();
        Assert.Contains("There is no " + Path.Combine(_folder, "manifest.csv"), ServiceProgram.Run("eval", _folder, "--model", model.Path).Errors, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "manifest.csv"), "path,label\n");
        var result = ServiceProgram.Run("eval", _folder, "--model", model.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("names no clip", result.Errors, StringComparison.Ordinal);
    }
}
