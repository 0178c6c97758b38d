using System.Text.Json.Serialization;
using EdgeGesture.Configuration;

namespace EdgeGesture.Outputs;

/// <summary>What an action does to an output.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Verb>))]
public enum Verb
{
    On,
    Off,
    Toggle,

    /// <summary>On for a time, then off.</summary>
    Pulse,

    /// <summary>On and off several times.</summary>
    Blink,

    /// <summary>Passes the gesture on: a line in a log, a message, a request, a program's start.</summary>
    Send,
}
