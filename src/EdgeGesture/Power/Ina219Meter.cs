using System.Device.I2c;

namespace EdgeGesture.Power;

/// <summary>
/// An INA219 in the board's supply line (TI data sheet SBOS448G). Current and power are worked out here from the shunt's
/// and the bus's voltage, so that the chip's calibration register, which a dip of the supply clears, does not matter.
/// </summary>
public sealed class Ina219Meter : IPowerMeter
{
    // Section 8.6.2.1: 32 V bus range, shunt range ±320 mV, both averaged over 128 samples (68 ms), continuous.
    internal const ushort Configuration = 0x3FFF;

    // Section 8.6.1, table 2: what the register holds after power-on.
    private const ushort PowerOnConfiguration = 0x399F;

    private const byte ShuntRegister = 0x01;
    private const byte BusRegister = 0x02;
    private const double ShuntVoltsPerBit = 10e-6; // section 8.6.3.1
    private const double BusVoltsPerBit = 4e-3; // section 8.6.3.2, from bit 3 on
    private const int FullShunt = 32_000; // section 8.6.3.1: ±320 mV
    private const ushort MathOverflow = 0x0001; // section 8.6.3.2
    private const double LeastBusVolts = 1; // below it the sensor is not in a supply line

    private readonly InaRegisters _registers;
    private readonly double _shuntOhms;

    public Ina219Meter(I2cDevice device, double shuntOhms)
    {
        _registers = new InaRegisters(device);
        _shuntOhms = shuntOhms;
        _ = _registers.Configure(Configuration);
    }

    public string Source => $"an INA219 at {_registers.Place}";

    public bool IsMeasured => true;

    /// <summary>Whether an INA219 answers. It carries no name, so its configuration must be one that it has by itself or from here.</summary>
    public static bool IsPresent(I2cDevice device) =>
        new InaRegisters(device).TryRead(0x00, out var configuration) && configuration is PowerOnConfiguration or Configuration;

    public bool TryRead(out double watts)
    {
        watts = 0;
        if (!_registers.Configure(Configuration) || !_registers.TryRead(ShuntRegister, out var shunt) || !_registers.TryRead(BusRegister, out var bus))
        {
            return false;
        }

        // The shunt may be wired either way round.
        var shuntBits = Math.Abs((int)(short)shunt);
        var busVolts = (bus >> 3) * BusVoltsPerBit;
        watts = shuntBits * ShuntVoltsPerBit / _shuntOhms * busVolts;
        return shuntBits < FullShunt && (bus & MathOverflow) == 0 && busVolts >= LeastBusVolts;
    }

    public void Dispose() => _registers.Dispose();
}
