using EdgeGesture.Power;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Power;

/// <summary>Meters that take the difference of two readings.</summary>
public sealed class CounterMeterTests : IDisposable
{
    private const string Package = "/sys/class/powercap/intel-rapl:0";

    private readonly RecordedTree _tree = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Rapl_is_energy_over_time_of_package_and_memory()
    {
        Zone(Package, "package-0", 1_000_000);
        Zone(Package + "/intel-rapl:0:0", "core", 500_000); // part of the package
        Zone(Package + "/intel-rapl:0:2", "dram", 100_000);
        var meter = RaplMeter.Find(_tree.Files, _clock)!;
        Assert.StartsWith("RAPL (package-0 + dram;", meter.Source, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Zone(Package, "package-0", 11_000_000);
        Zone(Package + "/intel-rapl:0:2", "dram", 2_100_000);
        Assert.True(meter.TryRead(out var watts));
        Assert.Equal(6, watts, 1e-9);
    }

    [Fact]
    public void Rapl_takes_the_whole_platform_where_it_is_known()
    {
        Zone(Package, "package-0", 0);
        Zone("/sys/class/powercap/intel-rapl:1", "psys", 0);
        var meter = RaplMeter.Find(_tree.Files, _clock)!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Zone("/sys/class/powercap/intel-rapl:1", "psys", 9_000_000);
        Assert.True(meter.TryRead(out var watts));
        Assert.Equal(9, watts, 1e-9);
    }

    [Fact]
    public void Rapls_counter_may_wrap()
    {
        Zone(Package, "package-0", 262_143_000_000);
        var meter = RaplMeter.Find(_tree.Files, _clock)!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Zone(Package, "package-0", 4_671_150); // max_energy_range_uj is 262,143,328,850
        Assert.True(meter.TryRead(out var watts));
        Assert.Equal(5, watts, 1e-9);
    }

    [Fact]
    public void Rapl_begins_anew_after_a_counter_was_gone_or_jumped()
    {
        Zone(Package, "package-0", 0);
        var meter = RaplMeter.Find(_tree.Files, _clock)!;
        Assert.False(meter.TryRead(out _)); // no time has passed
        _clock.Advance(TimeSpan.FromSeconds(1));
        _tree.Remove(Package + "/energy_uj");
        Assert.False(meter.TryRead(out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Zone(Package, "package-0", 7_000_000);
        Assert.False(meter.TryRead(out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Zone(Package, "package-0", 9_000_000_000); // 9 kW
        Assert.False(meter.TryRead(out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Zone(Package, "package-0", 9_004_000_000);
        Assert.True(meter.TryRead(out var watts));
        Assert.Equal(4, watts, 1e-9);
    }

    [Theory]
    [InlineData("Raspberry Pi 4 Model B Rev 1.4\0", 2.7, 0.93)]
    [InlineData("Raspberry Pi 5 Model B Rev 1.0\0", 3.3, 1.4)]
    [InlineData("Raspberry Pi Zero 2 W Rev 1.0\0", 0.6, 0.45)]
    [InlineData("NVIDIA Jetson Nano Developer Kit\0", 2.0, 0.9)]
    [InlineData("Another board\0", 3, 1.5)]
    public void An_estimate_is_idle_and_busy_cores_at_their_clock(string model, double idleWatts, double coreWatts)
    {
        _tree["/proc/device-tree/model"] = model;
        Stat(user: 1000, idle: 5000);
        var meter = new EstimateMeter(_tree.Files, _clock);
        Assert.False(meter.IsMeasured);
        Assert.StartsWith("estimate for ", meter.Source, StringComparison.Ordinal);
        Assert.Contains("±", meter.Source, StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Stat(user: 1300, idle: 5500); // 3 core-seconds in 2 s
        Assert.Equal(idleWatts + 1.5 * coreWatts, Read(meter)!.Value, 1e-9);

        _tree["/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq"] = "600000\n";
        _tree["/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq"] = "1200000\n";
        _clock.Advance(TimeSpan.FromSeconds(2));
        Stat(user: 1500, idle: 6000);
        Assert.Equal(idleWatts + coreWatts / 4, Read(meter)!.Value, 1e-9);
    }

    [Theory]
    [InlineData("cpu  10 20")]
    [InlineData("intr 1 2 3 4 5 6 7 8 9")]
    [InlineData("cpu  a b c d e f g h i")]
    [InlineData("cpu  1 0 0 0 0 0 0 0 0 0")] // time went back
    public void An_estimate_without_processor_time_gives_no_reading(string stat)
    {
        Stat(user: 1000, idle: 5000);
        var meter = new EstimateMeter(_tree.Files, _clock);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _tree["/proc/stat"] = stat;
        Assert.Null(Read(meter));
    }

    private void Stat(long user, long idle) => _tree["/proc/stat"] = $"cpu  {user} 0 0 {idle} 7 0 0 0 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n";

    private void Zone(string folder, string name, long microjoules)
    {
        _tree[folder + "/name"] = name + "\n";
        _tree[folder + "/energy_uj"] = microjoules + "\n";
        _tree[folder + "/max_energy_range_uj"] = "262143328850\n";
    }

    private static double? Read(EstimateMeter meter) => meter.TryRead(out var watts) ? watts : null;
}
