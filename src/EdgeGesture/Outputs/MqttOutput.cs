using EdgeGesture.Recognition;
using MQTTnet;
using MQTTnet.Exceptions;
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
        var builder = new MqttClientOptionsBuilder().WithTcpServer(options.Host, options.Port).WithTimeout(Timeout);
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

    public void Perform(ActionOptions action, GestureEvent gesture)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(_options.Topic)
            .WithPayload(GestureMessage.ToJson(gesture))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        try
        {
            PublishAsync(message).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is MqttCommunicationException or OperationCanceledException)
        {
            throw new EdgeGestureException(
                $"The MQTT broker {_options.Host}:{_options.Port} did not take the gesture ({exception.Message.TrimEnd('.')}); check that it runs and what user and password it wants.", exception);
        }
    }

    public void MakeSafe()
    {
        // There is nothing to take back.
    }

    public void Dispose() => _client.Dispose();

    private async Task PublishAsync(MqttApplicationMessage message)
    {
        using var limit = new CancellationTokenSource(Timeout);
        if (!_client.IsConnected)
        {
            // A client that has just noticed the loss refuses to connect until it has done so; a new one need not wait.
            _client.Dispose();
            _client = new MqttClientFactory().CreateMqttClient();
            await _client.ConnectAsync(_connection, limit.Token);
        }

        await _client.PublishAsync(message, limit.Token);
    }
}
