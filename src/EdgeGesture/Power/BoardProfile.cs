namespace EdgeGesture.Power;

/// <summary>What a board takes, from other people's measurements: the base of an estimate.</summary>
/// <param name="Name">The board.</param>
/// <param name="IdleWatts">Running, with the network up and nothing to do, no display, no USB device.</param>
/// <param name="CoreWatts">More for each core that is busy at the highest clock.</param>
/// <param name="ErrorFraction">How far an estimate may be off: 0.3 for ±30 %.</param>
/// <param name="Basis">Where the figures come from.</param>
public sealed record BoardProfile(string Name, double IdleWatts, double CoreWatts, double ErrorFraction, string Basis)
{
    private const string Pidramble = "pidramble.com/wiki/benchmarks/power-consumption: idle and 400 % CPU load";

    // Longest names first: "Raspberry Pi 4" begins "Raspberry Pi 400".
    private static readonly (string Model, BoardProfile Profile)[] Table =
    [
        // Idle 120 mA (cnx-software.com, 2021-12-09); four cores take 0.27 A more than a Zero W's 0.2 A (andrejacobs.org).
        ("Raspberry Pi Zero 2", new("Raspberry Pi Zero 2 W", 0.6, 0.45, 0.3, "cnx-software.com 2021-12-09, andrejacobs.org 2021-10")),
        ("Raspberry Pi 3", new("Raspberry Pi 3", 1.9, 0.8, 0.3, Pidramble)), // 1.9 W and 5.1 W
        ("Raspberry Pi 4", new("Raspberry Pi 4", 2.7, 0.93, 0.25, Pidramble)), // 2.7 W and 6.4 W
        // 0.65 A idle; under load a meter showed 7.9 W that others held for 9.9 W: the middle.
        ("Raspberry Pi 5", new("Raspberry Pi 5", 3.3, 1.4, 0.3, "github.com/iiab/iiab/issues/4050 (idle), geerlingguy/sbc-reviews issue 21 (load)")),
        // No measurement of the bare board: from NVIDIA's 5 W and 10 W modes (2 cores at 0.92 GHz, 4 at 1.48 GHz).
        ("NVIDIA Jetson Nano", new("Jetson Nano", 2.0, 0.9, 0.4, "an estimate from NVIDIA's power modes")),
    ];

    // Nothing is known: a small board's figures, and a band that says so.
    private static readonly BoardProfile Unknown = new("an unknown board", 3, 1.5, 0.7, "no measurement of this board");

    /// <summary>The profile of the board that /proc/device-tree/model names.</summary>
    public static BoardProfile Find(SystemFiles files)
    {
        var model = files.TryReadText("/proc/device-tree/model", out var text) ? text : "";
        return Table.FirstOrDefault(entry => model.StartsWith(entry.Model, StringComparison.OrdinalIgnoreCase)).Profile ?? Unknown;
    }

    /// <summary>The watts with so many cores busy.</summary>
    /// <param name="busyCores">Core-seconds of work per second.</param>
    /// <param name="clockFraction">The clock as a part of the highest, 0–1.</param>
    public double Watts(double busyCores, double clockFraction)
    {
        // Dynamic power is proportional to clock × voltage²; over a board's range of clocks the voltage falls about half as
        // steeply as the clock, hence clock².
        return IdleWatts + busyCores * CoreWatts * clockFraction * clockFraction;
    }
}
