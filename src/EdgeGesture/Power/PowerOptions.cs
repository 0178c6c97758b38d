using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeGesture.Power;

/// <summary>The configuration's section "power": what is measured and what may be used.</summary>
public sealed record PowerOptions
{
    [Description("What measures the power; auto takes the best that is there.")]
    public MeterKind Meter { get; set; } = MeterKind.Auto;

    [Description("Watts that the board may take as a mean over 30 s; null for no limit.")]
    [Range(0.1, 1000.0)]
    public double? BudgetWatts { get; set; }

    [Description("Watt-hours that the board may take in a day, from midnight to midnight; null for no limit.")]
    [Range(0.1, 24000.0)]
    public double? BudgetWattHoursPerDay { get; set; }

    [Description("Degrees Celsius from which the board counts as too hot and the network runs less often.")]
    [Range(40.0, 120.0)]
    public double HotCelsius { get; set; } = 80;

    [Description("Seconds between two readings of the meter.")]
    [Range(0.5, 5.0)]
    public double SampleSeconds { get; set; } = 2;

    [Description("I2C bus of an INA219 or INA226; bus 1 is on pins 3 and 5 of a Raspberry Pi's and a Jetson's header.")]
    [Range(0, 64)]
    public int InaBus { get; set; } = 1;

    [Description("I2C address of an INA219 or INA226 in decimal; 64 (0x40) unless soldered otherwise.")]
    [Range(64, 79)]
    public int InaAddress { get; set; } = 64;

    [Description("Ohms of the shunt of an INA219 or INA226; 0.1 on most boards. To calibrate, multiply it by (watts shown) / (watts true).")]
    [Range(0.0001, 10.0)]
    public double InaShuntOhms { get; set; } = 0.1;
}
