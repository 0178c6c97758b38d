namespace EdgeGesture.Power;

/// <summary>Something that knows how much power the board takes now.</summary>
public interface IPowerMeter : IDisposable
{
    /// <summary>Where the figure comes from, for the log: <c>an INA219 at 0x40 on I2C bus 1</c>.</summary>
    string Source { get; }

    /// <summary>False where the figure is an estimate rather than a measurement.</summary>
    bool IsMeasured { get; }

    /// <summary>Reads the power in watts; false when there is no valid reading now.</summary>
    bool TryRead(out double watts);
}
