using EdgeGesture.Configuration;
using EdgeGesture.Power;

namespace EdgeGesture.Service.Doctor;

/// <summary>GPIO lines, the I2C bus, and who may use them.</summary>
internal static class PinChecks
{
    private static readonly string[] LibGpiod = ["libgpiod.so.3", "libgpiod.so.2"];

    public static IEnumerable<Finding> Gpio(Machine machine, EdgeGestureOptions options)
    {
        var lines = LinesOf(options).ToList();
        var library = LibGpiod.FirstOrDefault(machine.HasLibrary);
        var isNeeded = lines.Count > 0 && options.Board != "simulated";
        yield return library is not null ? Finding.Ok("libgpiod", library)
            : isNeeded ? new Finding("libgpiod", Verdict.Fail, "not installed, and GPIO lines need it", "sudo apt install libgpiod2 (libgpiod3 on newer systems)")
            : Finding.Ok("libgpiod", "not installed, and not needed");
        yield return isNeeded ? Lines(machine, options.Board, lines) : Finding.Ok("gpio", lines.Count > 0 ? "the board is simulated" : "nothing is on a GPIO line");
    }

    public static Finding I2c(Machine machine, PowerOptions options)
    {
        var isThere = machine.Files.Exists($"/dev/i2c-{options.InaBus}");
        return isThere ? Finding.Ok("i2c", $"bus {options.InaBus} is there")
            : options.Meter is MeterKind.Ina219 or MeterKind.Ina226
                ? new Finding("i2c", Verdict.Fail, $"there is no bus {options.InaBus}, and the power meter is on it", "enable I2C with: sudo raspi-config nonint do_i2c 0, then restart the board")
                : Finding.Ok("i2c", "not enabled; only an INA219 or INA226 power sensor would need it (sudo raspi-config nonint do_i2c 0)");
    }

    /// <summary>Whether this user may use the devices; the installed service has a user of its own that may.</summary>
    public static Finding Groups(Machine machine, EdgeGestureOptions options)
    {
        if (machine.UserName == "root")
        {
            return Finding.Ok("groups", "root needs none");
        }

        machine.Files.TryReadText("/etc/group", out var text);
        var groups = text.Split('\n').Select(line => line.Split(':')).Where(fields => fields.Length == 4).DistinctBy(fields => fields[0]).ToDictionary(fields => fields[0], fields => fields[3].Split(','));
        var missing = Needed(machine, options).Where(group => !groups.TryGetValue(group, out var members) || !members.Contains(machine.UserName)).ToList();
        return missing.Count == 0
            ? Finding.Ok("groups", $"{machine.UserName} may use the camera and the pins")
            : new Finding(
                "groups", Verdict.Warn, $"{machine.UserName} is not in the group {string.Join(" and ", missing)}, so only the service and root may do all",
                $"sudo usermod -aG {string.Join(',', missing)} {machine.UserName}, then log in anew");
    }

    private static IEnumerable<string> Needed(Machine machine, EdgeGestureOptions options)
    {
        yield return "video";
        if (options.Board != "simulated" && LinesOf(options).Any())
        {
            yield return "gpio";
        }

        if (machine.Files.Exists($"/dev/i2c-{options.Power.InaBus}"))
        {
            yield return "i2c";
        }

        yield return "edgegesture"; // for the control socket
    }

    private static IEnumerable<(string User, string Line)> LinesOf(EdgeGestureOptions options) =>
        from user in options.Outputs.Select(output => (output.Key, output.Value.BoardLine)).Append(("pauseButton", options.PauseButton?.Line))
        where user.Item2 is not null
        select (user.Item1, user.Item2);

    private static Finding Lines(Machine machine, string label, IReadOnlyList<(string User, string Line)> lines)
    {
        try
        {
            using var board = machine.OpenBoard(label);
            foreach (var (_, line) in lines)
            {
                board.Check(line);
            }

            return Finding.Ok("gpio", $"{board.Name} has {string.Join(", ", lines.Select(line => $"{line.Line} ({line.User})"))}, free");
        }
        catch (EdgeGestureException exception) when (exception.Message.Contains("in use by \"edgegesture", StringComparison.OrdinalIgnoreCase))
        {
            return Finding.Ok("gpio", "the running service has its lines");
        }
        catch (EdgeGestureException exception)
        {
            return Finding.Of("gpio", Verdict.Fail, exception);
        }
    }
}
