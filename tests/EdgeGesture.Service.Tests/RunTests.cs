using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests;

/// <summary>
/// The service as a process. The tiny model's scores are the picture's mean colours, so a picture's colour is a gesture:
/// here white pictures after black ones.
/// </summary>
public sealed class RunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_stop_takes_less_than_a_second_and_ends_well()
    {
        using var model = new TinyModelFile();
        using var program = ServiceProgram.Start(["run", "--model", model.Path, "--camera", TestVideo.Still(_folder, frames: 300), "--set", "board=simulated"]);
        program.WaitForLine("Watching");
        Assert.InRange(program.Stop().TotalSeconds, 0, 1);
        var result = program.Wait();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Since start:", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_stop_leaves_the_pins_safe()
    {
        using var model = new TinyModelFile();
        using var program = ServiceProgram.Start(["run", "--model", model.Path, "--camera", TestVideo.Still(_folder, frames: 300), "--config", LampAndRelay()]);
        program.WaitForLine("Watching");
        program.Stop();
        AssertSafe(program.Wait());
    }

    [Fact]
    public void A_crash_leaves_the_pins_safe()
    {
        using var model = new TinyModelFile();
        var crash = Path.Combine(_folder, "crash");
        using var program = ServiceProgram.Start(
            ["run", "--model", model.Path, "--camera", TestVideo.Still(_folder, frames: 3000), "--config", LampAndRelay()],
            [
                new("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
                new("EDGEGESTURE_TEST_CRASH", crash),
                new("DOTNET_DbgEnableMiniDump", "0"),
            ]);
        program.WaitForLine("Watching");
        File.WriteAllText(crash, "");
        var result = program.Wait();
        Assert.NotEqual(0, result.ExitCode);
        AssertSafe(result);
    }

    [Fact]
    public void The_end_of_a_video_ends_the_service()
    {
        using var model = new TinyModelFile();
        var result = ServiceProgram.Run("run", "--model", model.Path, "--camera", TestVideo.Still(_folder, frames: 3), "--set", "log.format=json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"Captured\":3", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_video_that_breaks_off_ends_it_with_1_and_a_sentence()
    {
        using var model = new TinyModelFile();
        var path = TestVideo.Still(_folder, frames: 3);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        var result = ServiceProgram.Run("run", "--model", model.Path, "--camera", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ends in the middle of frame 2", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_gpio_chip_an_output_on_a_pin_is_refused()
    {
        Assert.SkipWhen(Directory.EnumerateFiles("/dev", "gpiochip*").Any(), "This machine has GPIO chips; tests/device tests them.");
        using var model = new TinyModelFile();
        var config = Path.Combine(_folder, "edgegesture.json");
        File.WriteAllText(config, """{ "outputs": { "lamp": { "type": "gpio", "line": "GPIO17" } } }""");
        var result = ServiceProgram.Run("run", "--model", model.Path, "--camera", TestVideo.Still(_folder, frames: 3), "--config", config);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("No GPIO chip", Assert.Single(result.Errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_that_is_not_there_is_named()
    {
        using var model = new TinyModelFile();
        var result = ServiceProgram.Run("run", "--model", model.Path, "--camera", "/dev/video99");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/dev/video99", Assert.Single(result.Errors.Split('\n')), StringComparison.Ordinal); // no stack trace
    }

    private string LampAndRelay()
    {
        var path = Path.Combine(_folder, "edgegesture.json");
        File.WriteAllText(
            path,
            """
            { "board": "simulated", "outputs": {
                "lamp": { "type": "gpio", "line": "GPIO17", "initial": "on" },
                "relay": { "type": "gpio", "line": "GPIO27", "activeLow": true, "initial": "on" } } }
            """);
        return path;
    }

    private static void AssertSafe(ServiceProgram.Result result)
    {
        var levels = result.Errors.Split('\n').Where(line => line.Contains("Simulated", StringComparison.Ordinal)).Select(line => line[line.IndexOf("GPIO", StringComparison.Ordinal)..]).ToArray();
        Assert.Equal(["GPIO17 is high", "GPIO27 is low"], levels.Take(2));
        Assert.Equal(["GPIO17 is low", "GPIO27 is high"], levels.Skip(2).Order(StringComparer.Ordinal)); // at the same time
    }
}
