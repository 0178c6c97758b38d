using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EdgeGesture.Configuration;
using EdgeGesture.Service.Control;
using EdgeGesture.Service.Hosting;
using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGesture.Service.Tests.Control;

/// <summary>The control server at a real socket, with clients good and bad.</summary>
public sealed class ControlServerTests : IDisposable
{
    private const string Ask = """{"v":1,"command":"status"}""" + "\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();
    private readonly Session _session = new(TimeProvider.System, NullLoggerFactory.Instance);
    private readonly Inspection _inspection;
    private readonly SocketFile _socket;
    private ControlServer? _server;

    public ControlServerTests()
    {
        var options = new EdgeGestureOptions { Board = "simulated", Control = new ControlOptions { Socket = Path } };
        options.Camera.Source = TestVideo.Still(_folder, frames: 3);
        options.Model.File = _model.Path;
        _session.Apply(options, awaitsCamera: false);
        _inspection = new Inspection(_session, new LastTrouble(), TimeProvider.System);
        _socket = SocketFile.Create(options.Control, NullLogger.Instance)!;
    }

    private string Path => System.IO.Path.Combine(_folder, "control.sock");

    public void Dispose()
    {
        _server?.Dispose();
        _socket.Dispose();
        _inspection.Dispose();
        _session.Dispose();
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_owner_and_the_group_may_ask_and_nobody_else() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(Path));

    [Fact]
    public async Task Several_requests_come_one_after_the_other()
    {
        Serve();
        using var client = Connect();
        await client.WriteAsync(Ask + Ask);
        Assert.Equal("Nothing", (await client.ReadAsync()).GetProperty("status").GetProperty("scores")[0].GetProperty("label").GetString());
        Assert.Equal(1, (await client.ReadAsync()).GetProperty("v").GetInt32());
    }

    [Fact]
    public async Task A_watcher_gets_a_status_again_and_again()
    {
        Serve();
        using var client = Connect();
        await client.WriteAsync("""{"v":1,"command":"watch","interval_seconds":0}""" + "\n");
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await client.ReadAsync()).TryGetProperty("status", out _));
        }
    }

    [Theory]
    [InlineData("hello\n", "That is no request")]
    [InlineData("null\n", "That is no request")]
    [InlineData("[1,2]\n", "That is no request")]
    [InlineData("\0\0\0\n", "That is no request")]
    [InlineData("""{"v":2,"command":"status"}""" + "\n", "it speaks version 2")]
    [InlineData("""{"v":1,"command":"reboot"}""" + "\n", "That command is unknown")]
    public async Task Nonsense_is_answered_with_a_sentence(string request, string expected)
    {
        Serve();
        using var client = Connect();
        await client.WriteAsync(request);
        Assert.Contains(expected, (await client.ReadAsync()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_end_is_cut_off()
    {
        Serve();
        using var client = Connect();
        await client.WriteAsync(new string('x', Protocol.LongestRequest + 1));
        Assert.Contains("longer than 4096 bytes", (await client.ReadAsync()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_client_too_many_is_told_so_and_a_place_becomes_free_again()
    {
        Serve();
        var clients = Enumerable.Range(0, ControlServer.MostClients).Select(_ => Connect()).ToList();
        foreach (var client in clients)
        {
            await client.WriteAsync(Ask);
            await client.ReadAsync(); // it counts now
        }

        using (var late = Connect())
        {
            Assert.Contains("8 others look inside", (await late.ReadAsync()).GetProperty("error").GetString(), StringComparison.Ordinal);
        }

        clients.ForEach(client => client.Dispose());
        await AnsweredAsync();
    }

    [Fact]
    public async Task A_client_that_asks_nothing_is_let_go()
    {
        Serve(TimeSpan.FromMilliseconds(100));
        using var client = Connect();
        Assert.Equal(0, await client.Stream.ReadAsync(new byte[1], Cancel));
    }

    [Fact]
    public async Task Clients_that_do_not_read_lose_their_places()
    {
        Serve(TimeSpan.FromMilliseconds(200));
        var clients = Enumerable.Range(0, ControlServer.MostClients).Select(_ => Connect()).ToList();
        foreach (var client in clients)
        {
            // Enough requests that the answers fill every buffer in between.
            await client.WriteAsync(string.Concat(Enumerable.Repeat(Ask, 1500)));
        }

        await AnsweredAsync();
        clients.ForEach(client => client.Dispose());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private void Serve(TimeSpan? patience = null) => _server = new ControlServer(
        _socket, _inspection, patience ?? TimeSpan.FromSeconds(60), TimeProvider.System, NullLogger.Instance);

    private TestClient Connect() => new(Path);

    // Until there is a place: those who left or did not read may still be counted.
    private async Task AnsweredAsync()
    {
        while (true)
        {
            try
            {
                using var client = ControlClient.Connect(Path);
                Assert.NotNull((await client.AskAsync(new Request { Command = "status" }, Cancel)).Status);
                return;
            }
            catch (EdgeGestureException exception)
            {
                Assert.Contains("others look inside", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    // A client that may misbehave.
    private sealed class TestClient : IDisposable
    {
        private readonly LineReader _lines;

        public TestClient(string path)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            Stream = new NetworkStream(socket, ownsSocket: true);
            _lines = new LineReader(Stream, Protocol.LongestReply);
        }

        public NetworkStream Stream { get; }

        public ValueTask WriteAsync(string text) => Stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);

        public async Task<JsonElement> ReadAsync() => JsonDocument.Parse((await _lines.ReadAsync(Cancel))!.Value).RootElement;

        public void Dispose() => Stream.Dispose();
    }
}
