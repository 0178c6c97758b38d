using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using EdgeGesture.Service.Metrics;
using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests.Metrics;

public sealed partial class MetricsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Prometheus_gets_what_the_service_did()
    {
        var port = FreePort();
        using var service = Start("--set", $"metrics.port={port}");
        service.WaitForLine("Gesture Left");
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);
        AssertIsWellFormed(text);
        Assert.True(ValueOf(text, "edgegesture_frames_total") >= 20, text);
        Assert.True(ValueOf(text, "edgegesture_inferences_total") >= 10, text);
        Assert.True(ValueOf(text, "edgegesture_gestures_total{gesture=\"Left\"}") >= 1, text); // the video begins anew every 3 s
        Assert.Equal(1, ValueOf(text, "edgegesture_camera_up"));
        Assert.True(ValueOf(text, "edgegesture_frame_latency_seconds_count") >= 1, text);
        Assert.True(ValueOf(text, "edgegesture_frame_latency_seconds_bucket{le=\"+Inf\"}") >= ValueOf(text, "edgegesture_frame_latency_seconds_bucket{le=\"0.001\"}"), text);
        Assert.True(ValueOf(text, "process_memory_usage_bytes") > 1e7, text);
        Assert.Matches("hw_host_power_watts.measured=.(true|false).. [0-9]", text);
        Assert.Matches("hw_host_energy_joules_total [0-9]", text);

        using var other = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        service.Stop();
        Assert.Equal(0, service.Wait().ExitCode);
    }

    [Fact]
    public void A_port_that_is_taken_is_said_and_survived()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var service = Start("--set", $"metrics.port={((IPEndPoint)taken.LocalEndpoint).Port}");
        service.WaitForLine("There are no metrics at port");
        service.WaitForLine("Gesture Left");
        service.Stop();
        Assert.Equal(0, service.Wait().ExitCode);
    }

    [Fact]
    public void The_file_is_whole_and_for_the_group()
    {
        var file = Path.Combine(_folder, "edgegesture.prom");
        using var service = Start("--set", $"metrics.textFile={file}");
        service.WaitForLine("Gesture Left"); // two seconds after the first writing
        AssertIsWellFormed(File.ReadAllText(file));
        Assert.Contains("edgegesture_frames_total ", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        service.Stop();
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_said_once_and_survived()
    {
        using var service = Start("--set", "metrics.textFile=/nowhere/edgegesture.prom");
        service.WaitForLine("The metrics' file /nowhere/edgegesture.prom cannot be written");
        service.WaitForLine("Gesture Left");
        service.Stop();
        Assert.Equal(0, service.Wait().ExitCode);
    }

    [Theory]
    [InlineData("hw.host.power", "W", false, "hw_host_power_watts")]
    [InlineData("edgegesture.frames", "{frame}", true, "edgegesture_frames_total")]
    [InlineData("edgegesture.run.seconds", "s", true, "edgegesture_run_seconds_total")]
    [InlineData("a-b c", "", false, "a_b_c")]
    public void Names_follow_the_rules(string name, string unit, bool isCounter, string expected) => Assert.Equal(expected, PrometheusText.NameOf(name, unit, isCounter));

    private static double ValueOf(string text, string series)
    {
        var line = text.Split('\n').SingleOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        Assert.True(line is not null, $"{series} is missing from:\n{text}");
        return double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }

    private static void AssertIsWellFormed(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ServiceProgram Start(params string[] more) => ServiceProgram.Start(
        ["run", "--model", _model.Path, "--camera", TestVideo.Gesture(_folder), "--set", "camera.loop=true", "--set", "board=simulated", .. more]);

    // The text format's grammar, as far as it is used.
    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [-+0-9.eE]+)$""")]
    private static partial Regex Line();
}
