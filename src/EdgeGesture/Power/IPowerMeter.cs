namespace EdgeGesture.Power;

/// <summary>Something that knows how much power the board takes now.</summary>
public interface IPowerMeter : IDisposable
{
    /// <summary>Where the figure comes from, for the log: <c>an INA219 at 0x40 on I2C bus 1</c>.</summary>
    string Source { get; }

    /// <summary>False where the figure is an estimate rather than a measurement.</summary>
    bool IsMeasured { get; }

    /// <summary>How far an estimate may be off: 0.3 for ±30 %; null for a measurement.</summary>
    double? ErrorFraction => null;

    /// <summary>Whether a reading is the mean since the last one, as of a counter, rather than the power now.</summary>
    bool IsMean => false;

    /// <summary>How much time there should be between two readings, where each costs something.</summary>
    TimeSpan LeastInterval => TimeSpan.Zero;

    /// <summary>Reads the power in watts; false when there is no valid reading now.</summary>
    bool TryRead(out double watts);
}
