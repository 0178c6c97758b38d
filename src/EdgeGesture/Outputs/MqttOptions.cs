using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeGesture.Configuration;

namespace EdgeGesture.Outputs;

/// <summary>A topic of an MQTT broker.</summary>
public sealed record MqttOptions : OutputOptions
{
    [Description("The broker's host name or address.")]
    public required string Host { get; set; }

    [Description("The broker's port.")]
    [Range(1, 65535)]
    public int Port { get; set; } = 1883;

    [Description("Whether the connection is encrypted (TLS); the port is 8883 then, as a rule.")]
    public bool Tls { get; set; }

    [Description("The topic that gestures are published to, as JSON.")]
    public string Topic { get; set; } = "edgegesture/gesture";

    [Description("The user name, where the broker asks for one.")]
    public string? User { get; set; }

    [Description("A file that holds the password; the password itself does not belong into the configuration.")]
    public string? PasswordFile { get; set; }

    public override IReadOnlyList<Verb> Verbs => [Verb.Send];

    public override IEnumerable<ConfigurationProblem> Check(string key)
    {
        if (Host.Length == 0)
        {
            yield return new($"{key}.host", "\"\"", "a host name or address");
        }

        // MQTT 5.0, 4.7: wildcards are for those who subscribe.
        if (Topic.Length == 0 || Topic.AsSpan().ContainsAny("+#\0"))
        {
            yield return new($"{key}.topic", $"\"{Topic}\"", "a topic without + and #");
        }
    }
}
