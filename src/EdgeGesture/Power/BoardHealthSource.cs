using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>
/// The board's health from the kernel's thermal zones (Documentation/driver-api/thermal/sysfs-api.rst) and, on a
/// Raspberry Pi, from its firmware.
/// </summary>
public sealed class BoardHealthSource(SystemFiles files, IVideoCore videoCore, TimeProvider clock) : IBoardHealthSource
{
    private const int SinceBootShift = 16; // bits 16–19 are bits 0–3 since boot
    private const int ReasonMask = 0xF;

    // Where a Raspberry Pi's kernel driver gives the same bits, without starting a program.
    private const string KernelFile = "/sys/devices/platform/soc/soc:firmware/get_throttled";
    private static readonly TimeSpan FirmwareInterval = TimeSpan.FromSeconds(10); // a program for each question costs

    private long? _lastQuestion;
    private int _bits;

    /// <summary>The source on this machine.</summary>
    public static BoardHealthSource Create(TimeProvider clock) => new(new SystemFiles(), new Vcgencmd(), clock);

    public BoardHealth Read()
    {
        if (files.TryReadText(KernelFile, out var text))
        {
            _bits = Parse(text) ?? _bits;
        }
        else if (_lastQuestion is not { } last || clock.GetElapsedTime(last) >= FirmwareInterval)
        {
            _lastQuestion = clock.GetTimestamp();
            _bits = videoCore.TryAsk("get_throttled", out var answer) ? Parse(answer) ?? _bits : 0;
        }

        return new BoardHealth((ThrottleReasons)(_bits & ReasonMask), (ThrottleReasons)((_bits >> SinceBootShift) & ReasonMask), Hottest());
    }

    // "throttled=0x50005" from vcgencmd, "50005" from the kernel.
    private static int? Parse(string text)
    {
        var digits = text.Trim().AsSpan();
        digits = digits[(digits.IndexOf('=') + 1)..];
        digits = digits.StartsWith("0x") ? digits[2..] : digits;
        return int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits) ? bits : null;
    }

    private double? Hottest()
    {
        double? hottest = null;
        foreach (var zone in files.Folders("/sys/class/thermal", "thermal_zone*"))
        {
            // A Jetson's PMIC zone always reads 50 or 100 °C.
            if (files.TryReadText($"{zone}/type", out var type) && !type.Contains("PMIC", StringComparison.OrdinalIgnoreCase)
                && files.TryReadNumber($"{zone}/temp", out var millicelsius) && millicelsius is > -50_000 and < 200_000)
            {
                hottest = Math.Max(hottest ?? double.MinValue, millicelsius / 1000);
            }
        }

        return hottest;
    }
}
