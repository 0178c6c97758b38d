using System.Device.I2c;

namespace EdgeGesture.Power;

/// <summary>Finds the best power meter of this board, or the one that the configuration names.</summary>
/// <param name="files">Where /sys and /proc are.</param>
/// <param name="videoCore">A Raspberry Pi's firmware.</param>
/// <param name="openI2c">Opens an I2C device by bus and address; null where the bus does not exist or may not be used.</param>
/// <param name="clock">Times the counters.</param>
public sealed class PowerMeterDiscovery(SystemFiles files, IVideoCore videoCore, Func<int, int, I2cDevice?> openI2c, TimeProvider clock)
{
    // Best first: in the supply line, then the board's own, then a part of it, then a model.
    private static readonly MeterKind[] Order =
        [MeterKind.Ina226, MeterKind.Ina219, MeterKind.Jetson, MeterKind.Pmic, MeterKind.Battery, MeterKind.Rapl, MeterKind.Estimate];

    /// <summary>A discovery on this machine.</summary>
    public static PowerMeterDiscovery Create(TimeProvider clock) => new(new SystemFiles(), new Vcgencmd(), OpenI2c, clock);

    /// <summary>Finds a meter.</summary>
    /// <exception cref="EdgeGestureException">The configuration names a meter that is not there.</exception>
    public IPowerMeter Find(PowerOptions options) => options.Meter == MeterKind.Auto
        ? Order.Select(kind => TryOpen(kind, options)).First(meter => meter is not null)!
        : TryOpen(options.Meter, options) ?? throw new EdgeGestureException(
            $"The configuration's power.meter is {options.Meter.ToString().ToLowerInvariant()}, but {Absence(options)}, or set power.meter to auto.");

    private IPowerMeter? TryOpen(MeterKind kind, PowerOptions options) => kind switch
    {
        MeterKind.Ina226 => TryOpenIna(options, Ina226Meter.IsPresent, device => new Ina226Meter(device, options.InaShuntOhms)),
        MeterKind.Ina219 => TryOpenIna(
            options,
            device => Ina219Meter.IsPresent(device) || (options.Meter == kind && new InaRegisters(device).TryRead(0, out _)),
            device => new Ina219Meter(device, options.InaShuntOhms)),
        MeterKind.Jetson => JetsonMeter.Find(files),
        MeterKind.Pmic => TryOpenPmic(),
        MeterKind.Battery => BatteryMeter.Find(files),
        MeterKind.Rapl => RaplMeter.Find(files, clock),
        _ => new EstimateMeter(files, clock),
    };

    // Only reads before it is sure: another kind of chip may have that address.
    private IPowerMeter? TryOpenIna(PowerOptions options, Func<I2cDevice, bool> isPresent, Func<I2cDevice, IPowerMeter> open)
    {
        var device = openI2c(options.InaBus, options.InaAddress);
        if (device is null || isPresent(device))
        {
            return device is null ? null : open(device);
        }

        device.Dispose();
        return null;
    }

    private PmicMeter? TryOpenPmic()
    {
        var meter = new PmicMeter(videoCore);
        return meter.TryRead(out _) ? meter : null;
    }

    private static string Absence(PowerOptions options) => options.Meter switch
    {
        MeterKind.Ina226 or MeterKind.Ina219 =>
            $"nothing fitting answers at address 0x{options.InaAddress:X2} of I2C bus {options.InaBus}; check the wiring with i2cdetect -y {options.InaBus}, that I2C is enabled (raspi-config) and that the service is in the group i2c",
        MeterKind.Jetson => "no INA3221 rail is found under /sys/bus/iio/devices or /sys/class/hwmon; use it on a Jetson",
        MeterKind.Pmic => "vcgencmd pmic_read_adc gives no rails; use it on a Raspberry Pi 5 with the service in the group video",
        MeterKind.Battery => "no battery under /sys/class/power_supply is discharging; unplug the charger",
        _ => "no /sys/class/powercap/intel-rapl:*/energy_uj can be read; give the service the right to read it",
    };

    private static I2cDevice? OpenI2c(int bus, int address)
    {
        try
        {
            return File.Exists($"/dev/i2c-{bus}") ? I2cDevice.Create(new I2cConnectionSettings(bus, address)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
