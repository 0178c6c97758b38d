using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests;

/// <summary>SIGHUP, as systemctl reload sends it.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();
    private readonly string _video;

    public ReloadTests() => _video = TestVideo.Gesture(_folder);

    private string Config => Path.Combine(_folder, "edgegesture.json");

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Thresholds_change_without_a_pin_moving_and_outputs_only_by_way_of_their_safe_levels()
    {
        Write("""{ "Left": 0.99 }""", "lamp", "GPIO17");
        using var service = Start();
        service.WaitForLine("Watching");
        Write("""{ "Left": 0.5 }""", "lamp", "GPIO17");
        service.Reload();
        service.WaitForLine("The new configuration is in use");
        service.WaitForLine("Gesture Left");
        service.WaitForLine("GPIO17 is low"); // as the gesture says
        Write("""{ "Left": 0.5 }""", "other", "GPIO27");
        service.Reload();
        service.WaitForLine("GPIO27 is high");
        service.Stop();
        var levels = service.Wait().Errors.Split('\n').Where(line => line.Contains("Simulated", StringComparison.Ordinal)).Select(line => line[line.IndexOf("GPIO", StringComparison.Ordinal)..]).ToList();
        Assert.Equal(["GPIO17 is high", "GPIO17 is low", "GPIO27 is high"], levels.Distinct().Take(3));
    }

    [Theory]
    [InlineData("""{ "camera": { "fps": 5000 } }""", "camera.fps is 5000")]
    [InlineData("""{ "camera": """, "is not JSON at line 1")]
    [InlineData("""{ "recognition": { "thresholds": { "Wave": 0.5 } } }""", "names the gesture \"Wave\"")]
    [InlineData("""{ "outputs": { "lamp": { "type": "log" } }, "actions": [ { "gesture": "Wave", "output": "lamp", "do": "send" } ] }""", "actions[0].gesture is \"Wave\"")]
    public void A_bad_configuration_leaves_the_old_one(string json, string expected)
    {
        Write("""{ "Left": 0.5 }""", "lamp", "GPIO17");
        using var service = Start();
        service.WaitForLine("Watching");
        File.WriteAllText(Config, json);
        service.Reload();
        service.WaitForLine("The configuration stays as it was.");
        service.WaitForLine(expected);
        service.WaitForLine("Gesture Left"); // and it works
        service.Stop();
        Assert.Equal(0, service.Wait().ExitCode);
    }

    [Fact]
    public void A_configuration_that_cannot_be_carried_out_is_given_up()
    {
        Write("""{ "Left": 0.5 }""", "lamp", "GPIO17");
        using var service = Start();
        service.WaitForLine("Watching");
        Write("""{ "Left": 0.5 }""", "lamp", "GPIO17", camera: "/dev/video99");
        service.Reload();
        service.WaitForLine("is given up and the old one taken back. There is no camera or video /dev/video99");
        service.WaitForLine("Gesture Left");
        service.Stop();
        var result = service.Wait();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Outputs go to their safe levels: another camera is opened", result.Errors, StringComparison.Ordinal);
    }

    private void Write(string thresholds, string output, string line, string? camera = null) => File.WriteAllText(
        Config,
        $$"""
        { "board": "simulated", "camera": { "source": "{{camera ?? _video}}", "loop": true },
          "recognition": { "thresholds": {{thresholds}} },
          "outputs": { "{{output}}": { "type": "gpio", "line": "{{line}}", "initial": "on" } },
          "actions": [ { "gesture": "Left", "output": "{{output}}", "do": "off" } ] }
        """);

    private ServiceProgram Start() => ServiceProgram.Start(["run", "--model", _model.Path, "--config", Config]);
}
