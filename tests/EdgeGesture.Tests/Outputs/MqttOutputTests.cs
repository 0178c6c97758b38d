using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using MQTTnet;

namespace EdgeGesture.Tests.Outputs;

/// <summary>Against a real broker, mosquitto, on loopback.</summary>
public sealed class MqttOutputTests : IDisposable
{
    private const string Broker = "/usr/sbin/mosquitto";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // only a broken test waits so long
    private static readonly GestureEvent Gesture = new("Thumb Up", 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);
    private static readonly ActionOptions Action = new() { Gesture = "Thumb Up", Output = "home", Do = Verb.Send };

    private readonly int _port = FreePort();
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private Process? _broker;

    public void Dispose()
    {
        _broker?.Kill();
        _broker?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_gesture_arrives_and_again_after_the_broker_was_away()
    {
        await StartBrokerAsync();
        using var output = new MqttOutput(new MqttOptions { Host = "127.0.0.1", Port = _port });
        Assert.Equal("{\"gesture\":\"Thumb Up\",\"confidence\":0.9}", await ReceiveAsync(output));

        _broker!.Kill();
        await _broker.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Throws<EdgeGestureException>(() => output.Perform(Action, Gesture, CancellationToken.None));
        await StartBrokerAsync();
        Assert.Equal("{\"gesture\":\"Thumb Up\",\"confidence\":0.9}", await ReceiveAsync(output));
    }

    [Fact]
    public void A_broker_that_is_not_there_is_named()
    {
        using var output = new MqttOutput(new MqttOptions { Host = "127.0.0.1", Port = _port });
        var error = Assert.Throws<EdgeGestureException>(() => output.Perform(Action, Gesture, CancellationToken.None));
        Assert.Contains($"127.0.0.1:{_port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_the_user_may_not_publish_to_is_said()
    {
        var rights = Path.Combine(_folder, "acl");
        await File.WriteAllTextAsync(rights, "topic read edgegesture/gesture\n", TestContext.Current.CancellationToken);
        await StartBrokerAsync($"allow_anonymous true\nacl_file {rights}");
        using var output = new MqttOutput(new MqttOptions { Host = "127.0.0.1", Port = _port });
        var error = Assert.Throws<EdgeGestureException>(() => output.Perform(Action, Gesture, CancellationToken.None));
        Assert.Contains("(NotAuthorized); check that the user may publish to edgegesture/gesture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_said()
    {
        await StartBrokerAsync("allow_anonymous false");
        using var output = new MqttOutput(new MqttOptions { Host = "127.0.0.1", Port = _port });
        var error = Assert.Throws<EdgeGestureException>(() => output.Perform(Action, Gesture, CancellationToken.None));
        Assert.Contains("(NotAuthorized); check user and passwordFile", error.Message, StringComparison.Ordinal);
    }

    private async Task<string> ReceiveAsync(MqttOutput output)
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MqttClientFactory().CreateMqttClient();
        listener.ApplicationMessageReceivedAsync += message =>
        {
            received.TrySetResult(message.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
        await listener.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port).Build(), TestContext.Current.CancellationToken);
        await listener.SubscribeAsync("edgegesture/gesture", cancellationToken: TestContext.Current.CancellationToken);
        output.Perform(Action, Gesture, CancellationToken.None);
        return await received.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private async Task StartBrokerAsync(string settings = "allow_anonymous true")
    {
        Assert.SkipUnless(File.Exists(Broker), "mosquitto is not installed.");
        var file = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            file, $"listener {_port} 127.0.0.1\nuser {Environment.UserName}\n{settings}\n", TestContext.Current.CancellationToken);
        _broker = Process.Start(new ProcessStartInfo(Broker, ["-v", "-c", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;

        // It says on stderr when it listens.
        while (await _broker.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("running", StringComparison.Ordinal))
        {
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
