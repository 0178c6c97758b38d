namespace EdgeGesture.Telemetry;

/// <summary>The steps of a frame's way through the program, in order.</summary>
public enum Stage
{
    Capture,
    Gate,
    Preprocess,
    Network,
    Decode,
}
