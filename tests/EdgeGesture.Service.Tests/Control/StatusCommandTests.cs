using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests.Control;

/// <summary>The commands that look inside, on a service that really runs.</summary>
public sealed class StatusCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();

    private string Socket => Path.Combine(_folder, "control.sock");

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Status_tells_what_the_service_sees_and_does()
    {
        using var service = Start(TestVideo.Gesture(_folder));
        service.WaitForLine("Gesture Left");

        var text = ServiceProgram.Run("status", "--socket", Socket);
        Assert.Equal(0, text.ExitCode);
        foreach (var expected in (string[])["gesture.y4m", "32×24 I420", "tiny.onnx", "calls a second", "from frame to scores", "0 on simulated board", " W (", "Left  0.", "last error   none"])
        {
            Assert.Contains(expected, text.Output, StringComparison.Ordinal);
        }

        using var json = JsonDocument.Parse(ServiceProgram.Run("status", "--socket", Socket, "--json").Output);
        var status = json.RootElement;
        Assert.Equal("Left", status.GetProperty("gestures")[0].GetProperty("gesture").GetString());
        Assert.InRange(status.GetProperty("camera").GetProperty("fps").GetDouble(), 0.1, 11);
        Assert.True(status.GetProperty("counts").GetProperty("frames").GetInt64() >= 20);
        Assert.False(status.GetProperty("power").GetProperty("is_measured").GetBoolean() && status.GetProperty("power").GetProperty("source").GetString()!.StartsWith("estimate", StringComparison.Ordinal));
        service.Stop();
        Assert.False(File.Exists(Socket));
    }

    [Fact]
    public void A_service_that_waits_for_its_camera_says_so_and_stops_at_once()
    {
        using var service = ServiceProgram.Start(
            ["run", "--wait", "--model", _model.Path, "--camera", "/dev/video99", "--set", "board=simulated", "--set", $"control.socket={Socket}"]);
        service.WaitForLine("There is no camera or video /dev/video99; name a device such as /dev/video0 or a video file with --camera. It is tried again until it gives frames.");
        var status = ServiceProgram.Run("status", "--socket", Socket);
        Assert.Equal(0, status.ExitCode);
        Assert.Contains("/dev/video99, not there yet", status.Output, StringComparison.Ordinal);
        Assert.Contains("LOST for", status.Output, StringComparison.Ordinal);
        Assert.InRange(service.Stop().TotalSeconds, 0, 1);
        Assert.Equal(0, service.Wait().ExitCode);
    }

    [Theory]
    [InlineData("q")]
    [InlineData("\u0003")] // Ctrl-C
    public async Task Top_draws_on_a_terminal_and_leaves_it_as_it_was(string key)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no script(1) to make a terminal with.");
        using var service = Start(TestVideo.Gesture(_folder));
        service.WaitForLine("Watching");
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", $"stty rows 24 cols 80; exec dotnet {ServiceProgram.Path} top --socket {Socket} --interval 0.1", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm" },
        };
        using var terminal = Process.Start(start)!;
        var shown = new StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var buffer = new char[4096];
        while (await terminal.StandardOutput.ReadAsync(buffer, limit.Token) is > 0 and var read)
        {
            // After the second picture it is sure to listen.
            if (shown.Append(buffer, 0, read).ToString().Split("q quits").Length >= 3 && key.Length > 0)
            {
                await terminal.StandardInput.WriteAsync(key);
                await terminal.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
                key = "";
            }
        }

        await terminal.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(terminal.ExitCode == 0, shown.ToString());
        Assert.Contains("\e[?1049h", shown.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[?25h\e[?1049l", shown.ToString()[^40..], StringComparison.Ordinal);
        service.Stop();
    }

    [Fact]
    public void Top_without_a_terminal_says_what_to_use_instead()
    {
        using var service = Start(TestVideo.Still(_folder, frames: 20));
        service.WaitForLine("Watching");
        var result = ServiceProgram.Run("top", "--socket", Socket);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("edgegesture: top needs a terminal to draw on; for a file or a program there is: edgegesture status --json.", result.Errors);
        service.Stop();
    }

    [Fact]
    public void Without_a_service_it_says_so()
    {
        var result = ServiceProgram.Run("status", "--socket", Socket);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"edgegesture: No running service was found at {Socket}; start it with: sudo systemctl start edgegesture", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_service_is_refused_while_the_first_lives_and_not_when_it_was_killed()
    {
        var video = TestVideo.Still(_folder, frames: 20);
        using var first = Start(video);
        first.WaitForLine("Watching");
        var second = Start(video).Wait();
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("Another EdgeGesture runs already", second.Errors, StringComparison.Ordinal);

        first.Kill();
        Assert.True(File.Exists(Socket));
        using var third = Start(video);
        third.WaitForLine("Watching");
        Assert.Equal(0, ServiceProgram.Run("status", "--socket", Socket).ExitCode);
        third.Stop();
    }

    [Fact]
    public void A_file_that_stands_where_the_socket_should_is_not_removed()
    {
        File.WriteAllText(Socket, "mine");
        var result = Start(TestVideo.Still(_folder, frames: 3)).Wait();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("there is a file of that name", result.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Socket));
    }

    private ServiceProgram Start(string video) => ServiceProgram.Start(
        ["run", "--model", _model.Path, "--camera", video, "--set", "camera.loop=true", "--set", "board=simulated", "--set", $"control.socket={Socket}"]);
}
