using EdgeGesture.Recognition;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeGesture.Outputs;

/// <summary>
/// Publishes each gesture to a topic, at least once and not retained: a gesture is an event, not a state. Connects at
/// the first gesture and again whenever the connection was lost.
/// </summary>
public sealed class MqttOutput : IOutput
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly MqttOptions _options;
    private IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _connection;

    /// <exception cref="EdgeGestureException">The file of the password cannot be read.</exception>
    public MqttOutput(MqttOptions options)
    {
        _options = options;
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500) // the first in which a broker says that it did not take a message
            .WithTimeout(Timeout);
        if (options.Tls)
        {
            builder = builder.WithTlsOptions(tls => tls.UseTls());
        }

        if (options.User is { } user)
        {
            builder = builder.WithCredentials(user, options.PasswordFile is { } file ? SecretFile.Read(file) : null);
        }

        _connection = builder.Build();
    }

    public void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(_options.Topic)
            .WithPayload(GestureMessage.ToJson(gesture))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        try
        {
            PublishAsync(message, stop).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is MqttCommunicationException || (exception is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw Refused(exception.Message.TrimEnd('.'), "check that it runs, and host, port and tls", exception);
        }
    }

    public void MakeSafe()
    {
        // There is nothing to take back.
    }

    public void Dispose() => _client.Dispose();

    private async Task PublishAsync(MqttApplicationMessage message, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Timeout);
        if (!_client.IsConnected)
        {
            // A client that has just noticed the loss refuses to connect until it has done so; a new one need not wait.
            _client.Dispose();
            _client = new MqttClientFactory().CreateMqttClient();
            var connected = await _client.ConnectAsync(_connection, limit.Token);
            if (connected.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw Refused($"{connected.ResultCode}", "check user and passwordFile");
            }
        }

        var published = await _client.PublishAsync(message, limit.Token);
        if (!published.IsSuccess)
        {
            throw Refused($"{published.ReasonCode}", $"check that the user may publish to {_options.Topic}");
        }
    }

    private EdgeGestureException Refused(string why, string remedy, Exception? cause = null) =>
        new($"The MQTT broker {_options.Host}:{_options.Port} did not take the gesture ({why}); {remedy}.", cause);
}
