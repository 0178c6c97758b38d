namespace EdgeGesture.Outputs;

/// <summary>One GPIO line, taken as an output.</summary>
public interface IOutputLine : IDisposable
{
    /// <summary>Sets the voltage.</summary>
    void Write(bool isHigh);
}
