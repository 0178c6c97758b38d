namespace EdgeGesture.Inputs;

/// <summary>One GPIO line, taken as an input.</summary>
public interface IInputLine : IDisposable
{
    /// <summary>Whether its voltage is high.</summary>
    bool Read();
}
