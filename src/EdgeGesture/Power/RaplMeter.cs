namespace EdgeGesture.Power;

/// <summary>
/// The energy counters of an x86 processor (Documentation/power/powercap/powercap.rst): the platform's zone where there is
/// one, else every package and its memory. The counters wrap; only root may read them since kernel 5.10.
/// </summary>
public sealed class RaplMeter : IPowerMeter
{
    private const string Class = "/sys/class/powercap";
    private const double MostWatts = 2000; // beyond it a counter jumped instead of counting
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(10); // the counters advance every millisecond

    private readonly SystemFiles _files;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<Zone> _zones;
    private long? _lastTime;

    private RaplMeter(SystemFiles files, TimeProvider clock, IReadOnlyList<Zone> zones)
    {
        (_files, _clock, _zones) = (files, clock, zones);
        Source = $"RAPL ({string.Join(" + ", zones.Select(zone => zone.Name))}; the processor, not the whole machine)";
        _ = TryRead(out _); // where to count from
    }

    public string Source { get; }

    public bool IsMeasured => true;

    public bool IsMean => true;

    public static RaplMeter? Find(SystemFiles files, TimeProvider clock)
    {
        var top = Zones(files, Class).ToList();
        var platform = top.Where(zone => zone.Name == "psys").ToList();
        var zones = platform.Count > 0
            ? platform
            : [.. top.Where(zone => zone.Name.StartsWith("package", StringComparison.Ordinal))
                .SelectMany(package => Zones(files, package.Folder).Where(zone => zone.Name == "dram").Prepend(package))];
        return zones.Count > 0 ? new RaplMeter(files, clock, zones) : null;
    }

    public bool TryRead(out double watts)
    {
        watts = 0;
        var now = _clock.GetTimestamp();
        var elapsed = _lastTime is { } last ? _clock.GetElapsedTime(last, now) : TimeSpan.Zero;
        if (_lastTime is not null && elapsed < LeastInterval)
        {
            return false;
        }

        var joules = 0.0;
        var isValid = _lastTime is not null;
        foreach (var zone in _zones)
        {
            isValid &= zone.TryAdvance(_files, out var zoneJoules);
            joules += zoneJoules;
        }

        _lastTime = now;
        watts = isValid ? joules / elapsed.TotalSeconds : 0;
        return isValid && watts <= MostWatts;
    }

    public void Dispose()
    {
    }

    // "intel-rapl:0" on top, "intel-rapl:0:2" within it. AMD's processors appear under the same names.
    private static IEnumerable<Zone> Zones(SystemFiles files, string folder) =>
        from zone in files.Folders(folder, folder == Class ? "intel-rapl:*" : Path.GetFileName(folder) + ":*")
        where folder != Class || zone.Count(letter => letter == ':') == 1
        let name = files.TryReadText($"{zone}/name", out var text) ? text : null
        where name is not null
            && files.TryReadNumber($"{zone}/energy_uj", out _)
            && files.TryReadNumber($"{zone}/max_energy_range_uj", out _)
        select new Zone(zone, name);

    private sealed class Zone(string folder, string name)
    {
        private double? _lastMicrojoules;

        public string Folder => folder;

        public string Name => name;

        /// <summary>The energy since the last call; false when it is unknown.</summary>
        public bool TryAdvance(SystemFiles files, out double joules)
        {
            joules = 0;
            if (!files.TryReadNumber($"{folder}/energy_uj", out var now) || !files.TryReadNumber($"{folder}/max_energy_range_uj", out var range))
            {
                _lastMicrojoules = null;
                return false;
            }

            if (_lastMicrojoules is not { } last)
            {
                _lastMicrojoules = now;
                return false;
            }

            _lastMicrojoules = now;
            joules = (now >= last ? now - last : now + range - last) / 1e6;
            return joules >= 0;
        }
    }
}
