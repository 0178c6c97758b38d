using System.Text.Json.Serialization;

namespace EdgeGesture.Outputs;

/// <summary>One entry of the configuration's section "outputs": its key "type" says what it is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(GpioOptions), "gpio")]
[JsonDerivedType(typeof(MqttOptions), "mqtt")]
[JsonDerivedType(typeof(WebhookOptions), "webhook")]
[JsonDerivedType(typeof(CommandOptions), "command")]
[JsonDerivedType(typeof(LogLineOptions), "log")]
public abstract record OutputOptions
{
    /// <summary>What actions can be done to it.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<Verb> Verbs { get; }
}
