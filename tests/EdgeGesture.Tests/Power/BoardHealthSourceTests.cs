using EdgeGesture.Power;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Power;

public sealed class BoardHealthSourceTests : IDisposable
{
    private readonly RecordedTree _tree = new();
    private readonly SimulatedVideoCore _videoCore = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly BoardHealthSource _source;

    public BoardHealthSourceTests() => _source = new BoardHealthSource(_tree.Files, _videoCore, _clock);

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void The_firmwares_bits_are_now_and_since_boot()
    {
        _videoCore.Answers["get_throttled"] = "throttled=0x50005\n";
        var health = _source.Read();
        Assert.Equal(ThrottleReasons.UnderVoltage | ThrottleReasons.Throttled, health.Now);
        Assert.Equal(ThrottleReasons.UnderVoltage | ThrottleReasons.Throttled, health.SinceBoot);
        _videoCore.Answers["get_throttled"] = "throttled=0xe0008\n";
        _clock.Advance(TimeSpan.FromSeconds(10));
        health = _source.Read();
        Assert.Equal(ThrottleReasons.SoftTemperatureLimit, health.Now);
        Assert.Equal(ThrottleReasons.FrequencyCapped | ThrottleReasons.Throttled | ThrottleReasons.SoftTemperatureLimit, health.SinceBoot);
    }

    [Fact]
    public void The_firmware_is_asked_no_more_than_every_ten_seconds_and_the_kernel_before_it()
    {
        for (var i = 0; i < 10; i++)
        {
            _source.Read();
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(2, _videoCore.Questions.Count);
        _tree["/sys/devices/platform/soc/soc:firmware/get_throttled"] = "10001\n";
        Assert.Equal(ThrottleReasons.UnderVoltage, _source.Read().Now);
        Assert.Equal(2, _videoCore.Questions.Count);
    }

    [Fact]
    public void The_hottest_sensor_counts_but_not_a_jetsons_dummy()
    {
        Assert.Null(_source.Read().Celsius);
        Zone(0, "cpu-thermal", "61500");
        Zone(1, "gpu-thermal", "59000");
        Zone(2, "PMIC-Die", "100000");
        Zone(3, "broken", "-274000");
        Assert.Equal(61.5, _source.Read().Celsius);
    }

    private void Zone(int number, string type, string millicelsius)
    {
        _tree[$"/sys/class/thermal/thermal_zone{number}/type"] = type + "\n";
        _tree[$"/sys/class/thermal/thermal_zone{number}/temp"] = millicelsius + "\n";
    }
}
