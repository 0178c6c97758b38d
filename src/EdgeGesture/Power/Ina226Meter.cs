using System.Device.I2c;

namespace EdgeGesture.Power;

/// <summary>
/// An INA226 in the board's supply line (TI data sheet SBOS547B). As with the INA219, power is worked out here from the
/// shunt's and the bus's voltage.
/// </summary>
public sealed class Ina226Meter : IPowerMeter
{
    // Section 7.1.1: 128 averages of 1.1 ms for the shunt and for the bus (282 ms), continuous. Bit 14 always reads 1.
    internal const ushort Configuration = 0x4927;

    internal const ushort ManufacturerId = 0x5449; // section 7.1.9, "TI"
    internal const ushort DieId = 0x2260; // section 7.1.10

    private const byte ShuntRegister = 0x01;
    private const byte BusRegister = 0x02;
    private const byte ManufacturerRegister = 0xFE;
    private const byte DieRegister = 0xFF;
    private const double ShuntVoltsPerBit = 2.5e-6; // section 7.1.2
    private const double BusVoltsPerBit = 1.25e-3; // section 7.1.3
    private const int FullShunt = 32_767; // section 7.1.2: ±81.92 mV
    private const double LeastBusVolts = 1; // below it the sensor is not in a supply line

    private readonly InaRegisters _registers;
    private readonly double _shuntOhms;

    public Ina226Meter(I2cDevice device, double shuntOhms)
    {
        _registers = new InaRegisters(device);
        _shuntOhms = shuntOhms;
        _ = _registers.Configure(Configuration);
    }

    public string Source => $"an INA226 at {_registers.Place}";

    public bool IsMeasured => true;

    /// <summary>Whether an INA226 answers; it says so itself.</summary>
    public static bool IsPresent(I2cDevice device)
    {
        var registers = new InaRegisters(device);
        return registers.TryRead(ManufacturerRegister, out var manufacturer) && manufacturer == ManufacturerId
            && registers.TryRead(DieRegister, out var die) && die == DieId;
    }

    public bool TryRead(out double watts)
    {
        watts = 0;
        if (!_registers.Configure(Configuration) || !_registers.TryRead(ShuntRegister, out var shunt) || !_registers.TryRead(BusRegister, out var bus))
        {
            return false;
        }

        // The shunt may be wired either way round.
        var shuntBits = Math.Abs((int)(short)shunt);
        var busVolts = bus * BusVoltsPerBit;
        watts = shuntBits * ShuntVoltsPerBit / _shuntOhms * busVolts;
        return shuntBits < FullShunt && busVolts >= LeastBusVolts;
    }

    public void Dispose() => _registers.Dispose();
}
