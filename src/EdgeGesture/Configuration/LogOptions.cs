using System.ComponentModel;

namespace EdgeGesture.Configuration;

/// <summary>The configuration's section "log".</summary>
public sealed record LogOptions
{
    [Description("The least important lines that are written.")]
    public LogLevelName Level { get; set; } = LogLevelName.Information;

    [Description("How lines look: readable text, compact JSON, or text with the journal's priority marks; auto takes the journal's under systemd and text elsewhere.")]
    public LogFormat Format { get; set; } = LogFormat.Auto;
}
