namespace EdgeGesture.Outputs;

/// <summary>One line, taken as an output that is on for a share of the time.</summary>
public interface IPwmLine : IDisposable
{
    /// <summary>Sets the share, 0 (off) to 1 (on), from the next period on.</summary>
    void SetDuty(double duty);
}
