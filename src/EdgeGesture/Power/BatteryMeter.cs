namespace EdgeGesture.Power;

/// <summary>
/// A battery's discharge through the kernel's class power_supply (Documentation/ABI/testing/sysfs-class-power): power_now
/// in µW, or current_now in µA times voltage_now in µV. While it charges it tells nothing of what the board takes.
/// </summary>
public sealed class BatteryMeter : IPowerMeter
{
    private const string Class = "/sys/class/power_supply";

    private readonly SystemFiles _files;
    private readonly string _folder;

    private BatteryMeter(SystemFiles files, string folder)
    {
        _files = files;
        _folder = folder;
    }

    public string Source => $"the discharge of battery {_folder[(Class.Length + 1)..]}";

    public bool IsMeasured => true;

    /// <summary>The first battery that discharges now.</summary>
    public static BatteryMeter? Find(SystemFiles files) => files.Folders(Class, "*")
        .Where(folder => files.TryReadText($"{folder}/type", out var type) && type == "Battery")
        .Select(folder => new BatteryMeter(files, folder))
        .FirstOrDefault(meter => meter.TryRead(out _));

    public bool TryRead(out double watts)
    {
        watts = 0;
        if (!_files.TryReadText($"{_folder}/status", out var status) || status != "Discharging")
        {
            return false;
        }

        if (_files.TryReadNumber($"{_folder}/power_now", out var microwatts))
        {
            watts = Math.Abs(microwatts) / 1e6; // drivers disagree about the sign of a discharge
            return true;
        }

        if (_files.TryReadNumber($"{_folder}/current_now", out var microamperes) && _files.TryReadNumber($"{_folder}/voltage_now", out var microvolts))
        {
            watts = Math.Abs(microamperes) * microvolts / 1e12;
            return microvolts > 0;
        }

        return false;
    }

    public void Dispose()
    {
    }
}
