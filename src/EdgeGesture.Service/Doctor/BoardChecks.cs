using System.Globalization;
using EdgeGesture.Power;

namespace EdgeGesture.Service.Doctor;

/// <summary>The board and its system: power, heat, clock, disk.</summary>
internal static class BoardChecks
{
    private const double WarnBytes = 500e6;
    private const double FailBytes = 20e6;
    private const string StateFolder = "/var/lib/edgegesture";

    public static Finding Meter(Machine machine, PowerOptions options)
    {
        try
        {
            using var meter = machine.OpenMeter(options);
            return Finding.Ok("power meter", meter.IsMeasured ? meter.Source : $"{meter.Source}; an INA219 on the supply line would measure");
        }
        catch (EdgeGestureException exception)
        {
            return Finding.Of("power meter", Verdict.Fail, exception);
        }
    }

    public static IEnumerable<Finding> Health(Machine machine, PowerOptions options)
    {
        var health = new BoardHealthSource(machine.Files, machine.VideoCore, TimeProvider.System).Read();
        yield return health switch
        {
            { SinceBoot: var reasons } when (reasons | health.Now).HasFlag(ThrottleReasons.UnderVoltage) => new Finding(
                "power supply", Verdict.Warn, health.Now.HasFlag(ThrottleReasons.UnderVoltage) ? "the voltage is too low now" : "the voltage has been too low since the start",
                "take the board's own power supply and a short thick cable, and move USB devices to a powered hub"),
            _ => Finding.Ok("power supply", "no low voltage is known of"),
        };
        var slow = (health.Now & ~ThrottleReasons.UnderVoltage) != ThrottleReasons.None;
        yield return slow
            ? new Finding("throttling", Verdict.Warn, $"the board slows itself down ({health.Now.ToString().ToLowerInvariant()})", "give it a heat sink, a fan, or more air")
            : Finding.Ok("throttling", "the board runs at full speed");
        yield return health.Celsius is not { } celsius ? Finding.Ok("temperature", "no sensor")
            : celsius < options.HotCelsius ? Finding.Ok("temperature", Text($"{celsius:0} °C"))
            : new Finding("temperature", Verdict.Warn, Text($"{celsius:0} °C, and from {options.HotCelsius:0} on the network runs less often"), "give it a heat sink, a fan, or more air");
    }

    public static Finding Clock(Machine machine) => machine.IsClockSynchronised()
        ? Finding.Ok("clock", "synchronised")
        : new Finding("clock", Verdict.Warn, "not synchronised: times in the log and the energy account may be wrong", "sudo timedatectl set-ntp true, and check the network");

    public static Finding Disk(Machine machine)
    {
        var folder = machine.FreeBytes(StateFolder) is null ? "/" : StateFolder;
        return machine.FreeBytes(folder) switch
        {
            null => new Finding("disk", Verdict.Warn, $"the space of {folder} is unknown", "see: df -h"),
            < (long)FailBytes and var bytes => new Finding("disk", Verdict.Fail, Text($"{bytes / 1e6:0} MB free at {folder}: nothing can be written soon"), "make room: sudo journalctl --vacuum-size=50M; sudo apt clean"),
            < (long)WarnBytes and var bytes => new Finding("disk", Verdict.Warn, Text($"only {bytes / 1e6:0} MB free at {folder}"), "make room: sudo journalctl --vacuum-size=50M; sudo apt clean"),
            var bytes => Finding.Ok("disk", Text($"{bytes / 1e9:0.0} GB free at {folder}")),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
