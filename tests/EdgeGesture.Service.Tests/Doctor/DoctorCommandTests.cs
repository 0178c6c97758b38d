using System.Text.Json;
using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests.Doctor;

/// <summary>The doctor on the machine that the tests run on, whatever that is.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_examines_this_machine_without_a_service()
    {
        var result = ServiceProgram.Run(
            "doctor", "--json", "--socket", Path.Combine(_folder, "none.sock"), "--set", $"model.file={_model.Path}", "--set", $"camera.source={TestVideo.Still(_folder, frames: 1)}");
        using var json = JsonDocument.Parse(result.Output);
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("check").GetString()!);
        Assert.Equal(
            ["configuration", "service", "model", "camera", "libturbojpeg", "ffmpeg", "libgpiod", "gpio", "i2c", "groups", "power meter", "power supply", "throttling", "temperature", "clock", "disk"],
            checks.Keys);
        Assert.Equal("ok", checks["model"].GetProperty("verdict").GetString());
        Assert.Equal("ok", checks["camera"].GetProperty("verdict").GetString());
        Assert.Equal("warn", checks["service"].GetProperty("verdict").GetString());
        Assert.Contains("sudo systemctl start edgegesture", checks["service"].GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Equal(checks.Values.Any(check => check.GetProperty("verdict").GetString() == "fail") ? 1 : 0, result.ExitCode);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void What_fails_is_shown_with_its_remedy_and_exits_with_1()
    {
        var config = Path.Combine(_folder, "edgegesture.json");
        File.WriteAllText(config, """{ "camera": { "fps": 5000 } }""");
        var result = ServiceProgram.Run("doctor", "--config", config, "--socket", Path.Combine(_folder, "none.sock"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FAIL", result.Output, StringComparison.Ordinal);
        Assert.Contains("camera.fps is 5000", result.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("> correct it as said", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_service_is_found()
    {
        var socket = Path.Combine(_folder, "control.sock");
        using var service = ServiceProgram.Start(
            ["run", "--model", _model.Path, "--camera", TestVideo.Still(_folder, frames: 20), "--set", "camera.loop=true", "--set", "board=simulated", "--set", $"control.socket={socket}"]);
        service.WaitForLine("Watching");
        Assert.Matches("ok +service +process [0-9]+ runs and sees", ServiceProgram.Run("doctor", "--socket", socket).Output);
        service.Stop();
    }
}
