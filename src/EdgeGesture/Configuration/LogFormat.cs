using System.Text.Json.Serialization;

namespace EdgeGesture.Configuration;

/// <summary>How log lines look.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LogFormat>))]
public enum LogFormat
{
    /// <summary><see cref="Journal"/> where systemd's journal reads the lines, else <see cref="Text"/>.</summary>
    Auto,

    /// <summary>A line for people.</summary>
    Text,

    /// <summary>One compact JSON object a line (CLEF).</summary>
    Json,

    /// <summary>A line for people behind a priority mark such as <c>&lt;6&gt;</c> (sd-daemon(3)).</summary>
    Journal,
}
