using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// Tells systemd that the service lives (sd_notify(3), WATCHDOG=1), but only while the pipeline steps: a wedged one is
/// restarted. Does nothing outside systemd or where no watchdog is set.
/// </summary>
internal sealed class SystemdWatchdog(ISystemdNotifier? notifier, TimeProvider clock)
{
    private readonly TimeSpan? _period = Period(Environment.GetEnvironmentVariable("WATCHDOG_USEC"));

    /// <summary>Watches a count that grows while all is well, until the result is disposed.</summary>
    public IDisposable? Start(Func<long> count)
    {
        if (_period is not { } period || notifier?.IsEnabled != true)
        {
            return null;
        }

        var last = -1L;
        return clock.CreateTimer(
            _ =>
            {
                var now = count();
                if (now != last)
                {
                    last = now;
                    notifier.Notify(new ServiceState("WATCHDOG=1"));
                }
            },
            null, TimeSpan.Zero, period);
    }

    /// <summary>A third of the time that systemd waits: two signs may be late without harm.</summary>
    internal static TimeSpan? Period(string? watchdogMicroseconds) =>
        long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds / 3.0)
            : null;
}
