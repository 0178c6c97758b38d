using System.Text.Json.Serialization;
using EdgeGesture.Configuration;

namespace EdgeGesture.Inputs;

/// <summary>The voltage that a resistor gives an input that nothing else drives.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Pull>))]
public enum Pull
{
    Up,
    Down,
}
