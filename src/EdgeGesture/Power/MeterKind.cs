using System.Text.Json.Serialization;
using EdgeGesture.Configuration;

namespace EdgeGesture.Power;

/// <summary>Where the watts come from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MeterKind>))]
public enum MeterKind
{
    /// <summary>The best that is there, in the order of this list.</summary>
    Auto,

    /// <summary>An INA226 on I2C, in the board's supply line.</summary>
    Ina226,

    /// <summary>An INA219 on I2C, in the board's supply line.</summary>
    Ina219,

    /// <summary>The INA3221 of a Jetson, through its kernel driver.</summary>
    Jetson,

    /// <summary>The power management chip of a Raspberry Pi 5.</summary>
    Pmic,

    /// <summary>A battery that tells its discharge (kernel class power_supply).</summary>
    Battery,

    /// <summary>The energy counters of an x86 processor, without the rest of the machine.</summary>
    Rapl,

    /// <summary>A model of the board instead of a measurement.</summary>
    Estimate,
}
