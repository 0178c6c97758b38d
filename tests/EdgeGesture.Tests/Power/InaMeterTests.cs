using CsCheck;
using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

public sealed class InaMeterTests : IDisposable
{
    private readonly SimulatedIna _chip = new();

    public void Dispose() => _chip.Dispose();

    [Fact]
    public void An_ina219_reads_the_example_of_its_data_sheet()
    {
        // SBOS448G, table 8: 20 mV over 2 mΩ and 11.98 V; 10 A.
        var meter = Ina219(0.002, 2000, 2995 << 3);
        Assert.True(meter.TryRead(out var watts));
        Assert.Equal(119.8, watts, 1e-6);
        Assert.Equal("an INA219 at 0x40 on I2C bus 1", meter.Source);
    }

    [Fact]
    public void An_ina226_reads_the_example_of_its_data_sheet()
    {
        // SBOS547B, table 1: 20 mV over 2 mΩ (8000 × 2.5 µV) and 11.98 V (9584 × 1.25 mV).
        var meter = Ina226(0.002, 8000, 9584);
        Assert.True(meter.TryRead(out var watts));
        Assert.Equal(119.8, watts, 1e-6);
    }

    [Fact]
    public void Any_current_and_voltage_in_range_come_out_in_either_direction() =>
        Gen.Select(Gen.Int[-31_999, 31_999], Gen.Int[250, 8000], Gen.Double[0.01, 1]).Sample((shunt, bus, ohms) =>
        {
            using var meter219 = Ina219(ohms, (short)shunt, (ushort)(bus << 3));
            Assert.True(meter219.TryRead(out var watts));
            Assert.Equal(Math.Abs(shunt * 10e-6 / ohms) * bus * 4e-3, watts, 1e-9);
            using var meter226 = Ina226(ohms, (short)shunt, (ushort)(4 * bus));
            Assert.True(meter226.TryRead(out watts));
            Assert.Equal(Math.Abs(shunt * 2.5e-6 / ohms) * 4 * bus * 1.25e-3, watts, 1e-9);
        }, iter: 100, threads: 1);

    [Theory]
    [InlineData(32_000, 1250)] // the shunt's range is exceeded
    [InlineData(-32_000, 1250)]
    [InlineData(100, 200)] // 0.8 V: not in a supply line
    public void An_ina219_out_of_range_gives_no_reading(int shunt, int bus) =>
        Assert.False(Ina219(0.1, (short)shunt, (ushort)(bus << 3)).TryRead(out _));

    [Fact]
    public void An_ina219_that_reports_an_overflow_gives_no_reading() => Assert.False(Ina219(0.1, 100, 1250 << 3 | 1).TryRead(out _));

    [Theory]
    [InlineData(32_767, 4000)]
    [InlineData(-32_768, 4000)]
    [InlineData(100, 700)]
    public void An_ina226_out_of_range_gives_no_reading(int shunt, int bus) =>
        Assert.False(Ina226(0.1, (short)shunt, (ushort)bus).TryRead(out _));

    [Fact]
    public void A_chip_that_lost_its_settings_gets_them_again_and_gives_no_reading_meanwhile()
    {
        var meter = Ina219(0.1, 100, 1250 << 3);
        _chip.Registers[0] = 0x399F; // a dip of its supply
        Assert.False(meter.TryRead(out _));
        Assert.Equal([0x00, 0x3F, 0xFF], _chip.Writes[^1]);
        Assert.True(meter.TryRead(out _));
    }

    [Fact]
    public void A_chip_that_is_gone_gives_no_reading_and_comes_back()
    {
        var meter = Ina226(0.1, 100, 4000);
        _chip.IsUnplugged = true;
        Assert.False(meter.TryRead(out _));
        _chip.IsUnplugged = false;
        Assert.True(meter.TryRead(out _));
    }

    [Fact]
    public void They_are_told_apart_by_reading_alone()
    {
        _chip.Registers[0] = 0x399F;
        Assert.True(Ina219Meter.IsPresent(_chip));
        Assert.False(Ina226Meter.IsPresent(_chip));
        _chip.Registers[0] = 0x4127;
        (_chip.Registers[0xFE], _chip.Registers[0xFF]) = (Ina226Meter.ManufacturerId, Ina226Meter.DieId);
        Assert.False(Ina219Meter.IsPresent(_chip));
        Assert.True(Ina226Meter.IsPresent(_chip));
        Assert.Empty(_chip.Writes);
    }

    private Ina219Meter Ina219(double ohms, short shunt, ushort bus)
    {
        (_chip.Registers[0], _chip.Registers[1], _chip.Registers[2]) = (0x399F, (ushort)shunt, bus);
        return new Ina219Meter(_chip, ohms);
    }

    private Ina226Meter Ina226(double ohms, short shunt, ushort bus)
    {
        (_chip.Registers[0], _chip.Registers[1], _chip.Registers[2]) = (0x4127, (ushort)shunt, bus);
        return new Ina226Meter(_chip, ohms);
    }
}
