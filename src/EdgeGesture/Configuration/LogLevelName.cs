using System.Text.Json.Serialization;

namespace EdgeGesture.Configuration;

/// <summary>Importance of a log line, in Serilog's terms.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LogLevelName>))]
public enum LogLevelName
{
    Verbose,
    Debug,
    Information,
    Warning,
    Error,
}
