using System.Text.Json.Serialization;
using EdgeGesture.Configuration;

namespace EdgeGesture.Outputs;

/// <summary>A thing's state in the words of its user, whatever the voltage.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Switch>))]
public enum Switch
{
    Off,
    On,
}
