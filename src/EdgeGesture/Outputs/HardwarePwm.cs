using System.Device.Pwm;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeGesture.Outputs;

/// <summary>A channel of the board's own PWM, through the kernel (Documentation/driver-api/pwm.rst, "sysfs").</summary>
internal sealed partial class HardwarePwm : IPwmLine
{
    private const string Folder = "/sys/class/pwm";

    private readonly PwmChannel _channel;

    /// <param name="line"><c>pwmchip0/1</c>: chip and channel.</param>
    /// <param name="frequencyHertz">Periods a second.</param>
    /// <param name="duty">The share of the time that it is on from the beginning.</param>
    /// <exception cref="EdgeGestureException">There is no such channel, or it may not be used, or not at this frequency.</exception>
    public HardwarePwm(string line, double frequencyHertz, double duty)
    {
        Check(line);
        _ = TryParse(line, out var chip, out var channel);
        try
        {
            _channel = Open(chip, channel, (int)Math.Round(frequencyHertz), duty);
            _channel.Start();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _channel?.Dispose();
            throw new EdgeGestureException(
                $"The PWM channel {line} cannot be used at {frequencyHertz.ToString(CultureInfo.InvariantCulture)} Hz ({exception.Message.TrimEnd('.')}); check that this user may write {Folder}/pwmchip{chip}, and try another frequency.", exception);
        }
    }

    /// <summary>Takes <c>pwmchip0/1</c> apart.</summary>
    public static bool TryParse(string line, out int chip, out int channel)
    {
        var match = ChipAndChannel().Match(line);
        chip = match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        channel = match.Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return match.Success;
    }

    /// <summary>Finds a channel without touching it.</summary>
    /// <exception cref="EdgeGestureException">There is none of that name.</exception>
    public static void Check(string line)
    {
        _ = TryParse(line, out var chip, out var channel);
        var count = $"{Folder}/pwmchip{chip}/npwm";
        if (!File.Exists(count) || channel >= int.Parse(File.ReadAllText(count), CultureInfo.InvariantCulture))
        {
            throw new EdgeGestureException(
                $"There is no PWM channel {line} in {Folder}; on a Raspberry Pi add dtoverlay=pwm-2chan to /boot/firmware/config.txt and start anew, or name a GPIO line.");
        }
    }

    public void SetDuty(double duty) => _channel.DutyCycle = duty;

    public void Dispose() => _channel.Dispose();

    // A channel's files are there at once, and udev gives them to the group a moment later.
    private static PwmChannel Open(int chip, int channel, int frequencyHertz, double duty)
    {
        for (var patience = 20; ; patience--)
        {
            try
            {
                return PwmChannel.Create(chip, channel, frequencyHertz, duty);
            }
            catch (UnauthorizedAccessException) when (patience > 0)
            {
                Thread.Sleep(50);
            }
        }
    }

    [GeneratedRegex(@"^pwmchip(\d{1,4})/(\d{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex ChipAndChannel();
}
