using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

/// <summary>Meters that read the kernel's files or the firmware's answer.</summary>
public sealed class BoardMeterTests : IDisposable
{
    private const string Iio = "/sys/bus/iio/devices/iio:device0";
    private const string Hwmon = "/sys/class/hwmon/hwmon1";

    // github.com/jfikar/RPi5-power shows a Pi 5 in this layout; the currents here are smaller.
    private const string PmicAnswer = """
         3V7_WL_SW_A current(0)=0.10000000A
           3V3_SYS_A current(1)=0.05000000A
          VDD_CORE_A current(7)=2.00000000A
         3V7_WL_SW_V volt(8)=3.70000000V
           3V3_SYS_V volt(9)=3.30000000V
          VDD_CORE_V volt(15)=0.90000000V
            EXT5V_V volt(24)=5.10000000V
             BATT_V volt(25)=0.00000000V
        """;

    private readonly RecordedTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_jetson_nano_is_measured_at_its_input_alone()
    {
        Rail(0, "POM_5V_IN", "2311");
        Rail(1, "POM_5V_GPU", "40");
        Rail(2, "POM_5V_CPU", "640");
        Assert.Equal(2.311, Read(JetsonMeter.Find(_tree.Files)));
        Assert.Equal("an INA3221, rail POM_5V_IN", JetsonMeter.Find(_tree.Files)!.Source);
    }

    [Fact]
    public void A_jetson_without_an_input_rail_is_summed()
    {
        Rail(0, "GPU", "500");
        Rail(1, "CPU", "750");
        Rail(2, "NC", "9999");
        Assert.Equal(1.25, Read(JetsonMeter.Find(_tree.Files)));
    }

    [Fact]
    public void A_later_jetson_is_measured_at_its_input_alone()
    {
        _tree["/sys/class/hwmon/hwmon0/name"] = "tmp102\n";
        _tree["/sys/class/hwmon/hwmon0/in1_label"] = "VDD_IN\n"; // another chip's
        _tree[$"{Hwmon}/name"] = "ina3221\n";
        HwmonRail(1, "VDD_IN", "4960", "1000");
        HwmonRail(2, "VDD_CPU_GPU_CV", "4960", "200");
        _tree[$"{Hwmon}/in7_label"] = "sum of shunt voltages\n";
        Assert.Equal(4.96, Read(JetsonMeter.Find(_tree.Files))!.Value, 1e-9);
    }

    [Fact]
    public void A_later_jetsons_rails_are_summed_and_a_negative_current_is_none()
    {
        _tree[$"{Hwmon}/name"] = "ina3221\n";
        HwmonRail(1, "VDD_GPU", "5000", "200");
        HwmonRail(2, "VDD_CPU", "5000", "-8");
        Assert.Equal(1.0, Read(JetsonMeter.Find(_tree.Files))!.Value, 1e-9);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("1e999")]
    public void A_jetson_rail_that_makes_no_sense_gives_no_reading(string value)
    {
        Rail(0, "POM_5V_IN", "2000");
        var meter = JetsonMeter.Find(_tree.Files);
        Rail(0, "POM_5V_IN", value);
        Assert.Null(Read(meter));
    }

    [Fact]
    public void A_jetson_sensor_that_is_gone_gives_no_reading()
    {
        Rail(0, "POM_5V_IN", "2000");
        var meter = JetsonMeter.Find(_tree.Files);
        _tree.Remove($"{Iio}/in_power0_input");
        Assert.Null(Read(meter));
    }

    [Fact]
    public void A_pi_5_is_the_fit_over_the_sum_of_its_rails()
    {
        var sum = 3.7 * 0.1 + 3.3 * 0.05 + 0.9 * 2;
        Assert.Equal(sum * 1.1451 + 0.5879, Read(Pmic(PmicAnswer))!.Value, 1e-9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("error=1 error_msg=\"Command not registered\"")]
    [InlineData("VDD_CORE_A current(7)=nanA\nVDD_CORE_V volt(15)=0.9V")]
    [InlineData("VDD_CORE_A current(7)=2A\nEXT5V_V volt(24)=5.1V")] // a rail without its voltage
    [InlineData("VDD_CORE_A current(7)")]
    public void An_answer_without_sense_gives_no_reading(string answer) => Assert.Null(Read(Pmic(answer)));

    [Fact]
    public void A_battery_is_read_in_watts_or_in_volts_and_amperes()
    {
        Battery("Discharging");
        _tree["/sys/class/power_supply/BAT0/current_now"] = "-500000\n";
        _tree["/sys/class/power_supply/BAT0/voltage_now"] = "3700000\n";
        Assert.Equal(1.85, Read(BatteryMeter.Find(_tree.Files))!.Value, 1e-9);
        _tree["/sys/class/power_supply/BAT0/power_now"] = "1900000\n";
        var meter = BatteryMeter.Find(_tree.Files)!;
        Assert.Equal(1.9, Read(meter)!.Value, 1e-9);
        Battery("Charging");
        Assert.Null(Read(meter));
        Assert.Null(BatteryMeter.Find(_tree.Files));
    }

    private void Rail(int channel, string name, string milliwatts)
    {
        _tree[$"{Iio}/rail_name_{channel}"] = name + "\n";
        _tree[$"{Iio}/in_power{channel}_input"] = milliwatts + "\n";
    }

    private void HwmonRail(int channel, string name, string millivolts, string milliamperes)
    {
        _tree[$"{Hwmon}/in{channel}_label"] = name + "\n";
        _tree[$"{Hwmon}/in{channel}_input"] = millivolts + "\n";
        _tree[$"{Hwmon}/curr{channel}_input"] = milliamperes + "\n";
    }

    private void Battery(string status)
    {
        _tree["/sys/class/power_supply/AC/type"] = "Mains\n";
        _tree["/sys/class/power_supply/BAT0/type"] = "Battery\n";
        _tree["/sys/class/power_supply/BAT0/status"] = status + "\n";
    }

    private static PmicMeter Pmic(string answer) => new(new SimulatedVideoCore { Answers = { ["pmic_read_adc"] = answer } });

    private static double? Read(IPowerMeter? meter) => meter!.TryRead(out var watts) ? watts : null;
}
