using System.Text.Json.Serialization;
using EdgeGesture.Configuration;

namespace EdgeGesture.Outputs;

/// <summary>One entry of the configuration's section "outputs": its key "type" says what it is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(GpioOptions), "gpio")]
[JsonDerivedType(typeof(PwmOptions), "pwm")]
[JsonDerivedType(typeof(MqttOptions), "mqtt")]
[JsonDerivedType(typeof(WebhookOptions), "webhook")]
[JsonDerivedType(typeof(CommandOptions), "command")]
[JsonDerivedType(typeof(LogLineOptions), "log")]
public abstract record OutputOptions
{
    /// <summary>What actions can be done to it.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<Verb> Verbs { get; }

    /// <summary>The board's line that it takes for itself; null where it takes none.</summary>
    [JsonIgnore]
    public virtual string? BoardLine => null;

    /// <summary>Finds what the schema cannot say.</summary>
    /// <param name="key">Where the entry is in the configuration: <c>outputs.lamp</c>.</param>
    public virtual IEnumerable<ConfigurationProblem> Check(string key) => [];
}
