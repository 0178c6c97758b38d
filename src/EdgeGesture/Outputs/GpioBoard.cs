using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Globalization;
using System.Runtime.InteropServices;
using EdgeGesture.Inputs;

namespace EdgeGesture.Outputs;

/// <summary>
/// The board's own GPIO lines, through libgpiod. The chip is found by its label or its 54 lines, never by its number,
/// which differs between kernels; the driver is the one for the libgpiod that is installed.
/// </summary>
/// <remarks>
/// The kernel gives a line back when its process ends, however it ends. What its level is then differs between boards
/// and kernels (it may stay, or the line may become an input again), so nothing here counts on it: a service that was
/// killed is made safe by its next start, which sets initial levels.
/// </remarks>
public sealed class GpioBoard : IBoard
{
    private const int RaspberryPiLines = 54;
    private static readonly string[] HeaderChips = ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835", "tegra-gpio", "tegra210-gpio", "tegra194-gpio", "tegra234-gpio"];

    private readonly GpioChip _chip;
    private readonly GpioController _controller;

    private GpioBoard(GpioChip chip)
    {
        _chip = chip;
        _controller = new GpioController(CreateDriver(chip));
    }

    public string Name => $"{_chip.Label} ({_chip.Path})";

    /// <summary>Opens the chip behind the board's header.</summary>
    /// <param name="label">The chip's label, or "auto".</param>
    /// <exception cref="EdgeGestureException">There is none, or this user may not open it, or libgpiod is missing.</exception>
    public static GpioBoard Open(string label = "auto")
    {
        var chips = GpioChip.All(out var someForbidden);
        var chip = label == "auto"
            ? chips.FirstOrDefault(chip => HeaderChips.Contains(chip.Label)) ?? chips.FirstOrDefault(chip => chip.Lines == RaspberryPiLines)
            : chips.FirstOrDefault(chip => chip.Label == label);
        if (chip is not null)
        {
            return new GpioBoard(chip);
        }

        if (someForbidden)
        {
            throw new EdgeGestureException(
                $"The GPIO chips in /dev may not be opened by this user ({Environment.UserName}); add it to the group gpio with: sudo usermod -aG gpio {Environment.UserName}, then log in anew (they must belong to that group, see ls -l /dev/gpiochip*; systemd/60-edgegesture.rules in /etc/udev/rules.d gives them to it).");
        }

        var found = chips.Count == 0 ? "there is no /dev/gpiochip* at all" : "there are " + string.Join(", ", chips.Select(chip => $"{chip.Label} with {chip.Lines} lines"));
        throw new EdgeGestureException(label == "auto"
            ? $"No GPIO chip of a board's header was found ({found}); set \"board\" to a chip's label, or to \"simulated\" to try without one."
            : $"There is no GPIO chip with the label \"{label}\" ({found}); set \"board\" to one of these, to \"auto\" or to \"simulated\".");
    }

    public string Check(string line)
    {
        if (!HardwarePwm.TryParse(line, out _, out _))
        {
            return Find(line).ToString(CultureInfo.InvariantCulture);
        }

        HardwarePwm.Check(line);
        return line;
    }

    public IOutputLine Open(string line, bool isHigh)
    {
        var number = Find(line);
        return Take(line, "output", () => new Line(_controller.OpenPin(number, PinMode.Output, isHigh ? PinValue.High : PinValue.Low), _controller));
    }

    public IInputLine OpenInput(string line, Pull pull)
    {
        var number = Find(line);
        return Take(line, "input", () => new Line(_controller.OpenPin(number, pull == Pull.Up ? PinMode.InputPullUp : PinMode.InputPullDown), _controller));
    }

    public IPwmLine OpenPwm(string line, double frequencyHertz, double duty, Action<Exception> failed) =>
        HardwarePwm.TryParse(line, out _, out _)
            ? new HardwarePwm(line, frequencyHertz, duty)
            : new SoftwarePwm(Open(line, isHigh: false), frequencyHertz, duty, new MonotonicClock(), failed);

    public void Dispose() => _controller.Dispose();

    private Line Take(string line, string role, Func<Line> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException or ExternalException)
        {
            throw new EdgeGestureException($"The GPIO line {line} of {Name} cannot be taken as an {role} ({exception.Message.TrimEnd('.')}); check with gpioinfo who uses it.", exception);
        }
    }

    private int Find(string line)
    {
        var found = _chip.Find(line)
            ?? throw new EdgeGestureException($"The GPIO chip {Name} has no line {line}; see its lines with: gpioinfo {_chip.Path}.");
        return found.User is null
            ? found.Offset
            : throw new EdgeGestureException($"The GPIO line {line} of {Name} is in use by \"{found.User}\"; stop that program or choose another line.");
    }

    private static GpioDriver CreateDriver(GpioChip chip)
    {
        if (IsInstalled("libgpiod.so.3"))
        {
#pragma warning disable SDGPIO0001 // The driver for libgpiod 2 is new in System.Device.Gpio; tests/device runs it.
            return new LibGpiodV2Driver(chip.Number);
#pragma warning restore SDGPIO0001
        }

        return IsInstalled("libgpiod.so.2")
            ? new LibGpiodDriver(chip.Number)
            : throw new EdgeGestureException("GPIO lines need the library libgpiod, which is not installed; install it with: sudo apt install libgpiod2 (libgpiod3 on newer systems).");
    }

    private static bool IsInstalled(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }

    private sealed class Line(GpioPin pin, GpioController controller) : IOutputLine, IInputLine
    {
        public bool Read() => pin.Read() == PinValue.High;

        public void Write(bool isHigh) => pin.Write(isHigh ? PinValue.High : PinValue.Low);

        public void Dispose() => controller.ClosePin(pin.PinNumber);
    }
}
