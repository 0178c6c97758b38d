namespace EdgeGesture.Power;

/// <summary>
/// The INA3221 of a Jetson through its kernel driver: the board's input rail where it is measured, else the sum of the
/// rails. JetPack 4 has it under iio (rail_name_N, in_powerN_input in mW), JetPack 5 and later under hwmon (inN_label,
/// inN_input in mV, currN_input in mA; Documentation/hwmon/ina3221.rst).
/// </summary>
public sealed class JetsonMeter : IPowerMeter
{
    private const int Channels = 3; // of one INA3221

    // POM_5V_IN is the Nano's, VDD_IN the others'. The remaining rails are parts of it.
    private static readonly string[] InputRails = ["POM_5V_IN", "VDD_IN"];

    private readonly SystemFiles _files;
    private readonly IReadOnlyList<Rail> _rails;

    private JetsonMeter(SystemFiles files, IReadOnlyList<Rail> rails)
    {
        _files = files;
        _rails = rails;
        Source = $"an INA3221, {(rails.Count == 1 ? "rail" : "sum of the rails")} {string.Join(", ", rails.Select(rail => rail.Name))}";
    }

    public string Source { get; }

    public bool IsMeasured => true;

    public static JetsonMeter? Find(SystemFiles files)
    {
        var rails = IioRails(files).Concat(HwmonRails(files)).ToList();
        var input = rails.FirstOrDefault(rail => InputRails.Contains(rail.Name));
        return rails.Count == 0 ? null : new JetsonMeter(files, input is null ? rails : [input]);
    }

    public bool TryRead(out double watts)
    {
        watts = 0;
        foreach (var rail in _rails)
        {
            if (!rail.TryRead(_files, out var railWatts))
            {
                return false;
            }

            watts += railWatts;
        }

        return true;
    }

    public void Dispose()
    {
    }

    private static IEnumerable<Rail> IioRails(SystemFiles files) =>
        from device in files.Folders("/sys/bus/iio/devices", "iio:device*")
        from channel in Enumerable.Range(0, Channels)
        let name = files.TryReadText($"{device}/rail_name_{channel}", out var text) ? text : null
        where name is not null and not "NC"
        select new Rail(name, $"{device}/in_power{channel}_input", null);

    // The driver's channels 4 to 7 are voltages of the shunts and their sum.
    private static IEnumerable<Rail> HwmonRails(SystemFiles files) =>
        from device in files.Folders("/sys/class/hwmon", "hwmon*")
        where files.TryReadText($"{device}/name", out var chip) && chip == "ina3221"
        from channel in Enumerable.Range(1, Channels)
        let name = files.TryReadText($"{device}/in{channel}_label", out var text) ? text : null
        where name is not null and not "NC"
        select new Rail(name, $"{device}/in{channel}_input", $"{device}/curr{channel}_input");

    /// <summary>One rail: a file with its milliwatts, or two with its millivolts and milliamperes.</summary>
    private sealed record Rail(string Name, string PowerOrVoltage, string? Current)
    {
        public bool TryRead(SystemFiles files, out double watts)
        {
            watts = 0;
            if (!files.TryReadNumber(PowerOrVoltage, out var first) || first < 0)
            {
                return false;
            }

            if (Current is null)
            {
                watts = first / 1e3;
                return true;
            }

            if (!files.TryReadNumber(Current, out var milliamperes))
            {
                return false;
            }

            watts = Math.Max(first * milliamperes / 1e6, 0); // around zero the current may read as negative
            return true;
        }
    }
}
