using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>
/// Watts by calculation where nothing measures them: the board at rest, and the processor time that all programs used
/// (/proc/stat, proc(5)) at the present clock. Never a measurement, and always labelled so.
/// </summary>
public sealed class EstimateMeter : IPowerMeter
{
    // Of /proc/stat. Linux fixes it for user space (USER_HZ), whatever the kernel's own tick is.
    private const double TicksPerSecond = 100;

    private readonly SystemFiles _files;
    private readonly TimeProvider _clock;
    private readonly BoardProfile _board;
    private long _lastTime;
    private double? _lastBusySeconds;

    public EstimateMeter(SystemFiles files, TimeProvider clock)
    {
        (_files, _clock, _board) = (files, clock, BoardProfile.Find(files));
        _ = TryRead(out _); // where to count from
    }

    public string Source => string.Create(
        CultureInfo.InvariantCulture,
        $"estimate for {_board.Name} ±{_board.ErrorFraction:P0}: {_board.IdleWatts} W and {_board.CoreWatts} W per busy core ({_board.Basis})");

    public bool IsMeasured => false;

    public double? ErrorFraction => _board.ErrorFraction;

    public bool IsMean => true;

    public bool TryRead(out double watts)
    {
        watts = 0;
        var now = _clock.GetTimestamp();
        var seconds = _clock.GetElapsedTime(_lastTime, now).TotalSeconds;
        if (!TryReadBusySeconds(out var busySeconds))
        {
            _lastBusySeconds = null;
            return false;
        }

        var used = busySeconds - _lastBusySeconds;
        if (used is not null && seconds <= 0)
        {
            return false;
        }

        (_lastTime, _lastBusySeconds) = (now, busySeconds);
        if (used is not >= 0)
        {
            return false;
        }

        watts = _board.Watts(used.Value / seconds, ClockFraction());
        return true;
    }

    public void Dispose()
    {
    }

    // "cpu  user nice system idle iowait irq softirq steal …"
    private bool TryReadBusySeconds(out double seconds)
    {
        seconds = 0;
        if (!_files.TryReadText("/proc/stat", out var text))
        {
            return false;
        }

        var fields = text.Split('\n', 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 8 || fields[0] != "cpu")
        {
            return false;
        }

        foreach (var field in (string[])[.. fields[1..4], .. fields[6..8]])
        {
            if (!long.TryParse(field, CultureInfo.InvariantCulture, out var ticks))
            {
                return false;
            }

            seconds += ticks / TicksPerSecond;
        }

        return true;
    }

    private double ClockFraction()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cpufreq";
        return _files.TryReadNumber($"{Folder}/scaling_cur_freq", out var now) && _files.TryReadNumber($"{Folder}/cpuinfo_max_freq", out var most) && most > 0
            ? Math.Clamp(now / most, 0, 1)
            : 1;
    }
}
