using EdgeGesture.Power;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Power;

public sealed class PowerMeterDiscoveryTests : IDisposable
{
    private readonly RecordedTree _tree = new();
    private readonly SimulatedVideoCore _videoCore = new();
    private readonly SimulatedIna _chip = new();
    private bool _hasI2c;

    public void Dispose()
    {
        _tree.Dispose();
        _chip.Dispose();
    }

    [Fact]
    public void The_best_meter_wins()
    {
        _tree["/proc/stat"] = "cpu  1 0 0 4 5 0 0 0 0 0\n";
        Assert.IsType<EstimateMeter>(Find(MeterKind.Auto));
        _tree["/sys/class/powercap/intel-rapl:0/name"] = "package-0\n";
        _tree["/sys/class/powercap/intel-rapl:0/energy_uj"] = "1\n";
        _tree["/sys/class/powercap/intel-rapl:0/max_energy_range_uj"] = "262143328850\n";
        Assert.IsType<RaplMeter>(Find(MeterKind.Auto));
        _tree["/sys/class/power_supply/BAT0/type"] = "Battery\n";
        _tree["/sys/class/power_supply/BAT0/status"] = "Discharging\n";
        _tree["/sys/class/power_supply/BAT0/power_now"] = "1900000\n";
        Assert.IsType<BatteryMeter>(Find(MeterKind.Auto));
        _videoCore.Answers["pmic_read_adc"] = "VDD_CORE_A current(7)=2A\nVDD_CORE_V volt(15)=0.9V\n";
        Assert.IsType<PmicMeter>(Find(MeterKind.Auto));
        _tree["/sys/bus/iio/devices/iio:device0/rail_name_0"] = "POM_5V_IN\n";
        Assert.IsType<JetsonMeter>(Find(MeterKind.Auto));
        _hasI2c = true;
        Assert.IsType<JetsonMeter>(Find(MeterKind.Auto)); // another chip at that address
        Assert.True(_chip.IsDisposed);
        _chip.Registers[0] = 0x399F;
        Assert.IsType<Ina219Meter>(Find(MeterKind.Auto));
        (_chip.Registers[0xFE], _chip.Registers[0xFF]) = (Ina226Meter.ManufacturerId, Ina226Meter.DieId);
        Assert.IsType<Ina226Meter>(Find(MeterKind.Auto));
    }

    [Fact]
    public void A_pinned_meter_is_taken_before_a_better_one()
    {
        _hasI2c = true;
        _chip.Registers[0] = 0x399F;
        Assert.IsType<EstimateMeter>(Find(MeterKind.Estimate));
        _chip.Registers[0] = 0x1234; // somebody else's settings: pinned, it is believed
        Assert.IsType<Ina219Meter>(Find(MeterKind.Ina219));
    }

    [Theory]
    [InlineData(MeterKind.Ina219, "i2cdetect -y 1")]
    [InlineData(MeterKind.Ina226, "0x40")]
    [InlineData(MeterKind.Jetson, "INA3221")]
    [InlineData(MeterKind.Pmic, "group video")]
    [InlineData(MeterKind.Battery, "power_supply")]
    [InlineData(MeterKind.Rapl, "energy_uj")]
    public void A_pinned_meter_that_is_not_there_is_an_error_with_the_remedy(MeterKind kind, string remedy)
    {
        var error = Assert.Throws<EdgeGestureException>(() => Find(kind));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Contains($"power.meter is {kind.ToString().ToLowerInvariant()}", error.Message, StringComparison.Ordinal);
    }

    private IPowerMeter Find(MeterKind kind) =>
        new PowerMeterDiscovery(_tree.Files, _videoCore, (_, _) => _hasI2c ? _chip : null, new FakeTimeProvider()).Find(new PowerOptions { Meter = kind });
}
