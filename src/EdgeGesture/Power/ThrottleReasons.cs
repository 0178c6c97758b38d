namespace EdgeGesture.Power;

/// <summary>Why a Raspberry Pi slows itself down: the bits of <c>vcgencmd get_throttled</c> (Raspberry Pi documentation, "vcgencmd").</summary>
[Flags]
public enum ThrottleReasons
{
    None = 0,
    UnderVoltage = 1,
    FrequencyCapped = 2,
    Throttled = 4,
    SoftTemperatureLimit = 8,
}
