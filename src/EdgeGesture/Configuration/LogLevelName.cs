namespace EdgeGesture.Configuration;

/// <summary>Importance of a log line, in Serilog's terms.</summary>
public enum LogLevelName
{
    Verbose,
    Debug,
    Information,
    Warning,
    Error,
}
