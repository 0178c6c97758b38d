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

    /// <summary>On for a given share of the time.</summary>
    Level,

    /// <summary>On for more or less of the time than before.</summary>
    Step,

    /// <summary>Passes the gesture on: a line in a log, a message, a request, a program's start.</summary>
    Send,
}
