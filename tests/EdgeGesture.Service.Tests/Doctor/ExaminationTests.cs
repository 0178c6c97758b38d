using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Inputs;
using EdgeGesture.Outputs;
using EdgeGesture.Power;
using EdgeGesture.Service.Doctor;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests.Doctor;

/// <summary>The doctor on machines that exist only in a folder.</summary>
public sealed class ExaminationTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();
    private readonly EdgeGestureOptions _options = new();

    public ExaminationTests() => _options.Model.File = _model.Path;

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void A_machine_in_good_order_has_nothing_to_mend()
    {
        File("/etc/group", "video:x:44:pi\ngpio:x:997:root,pi\ni2c:x:998:pi\nedgegesture:x:999:pi\nbroken line\n");
        File("/dev/i2c-1", "");
        File("/sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        File("/sys/class/thermal/thermal_zone0/temp", "51234\n");
        _options.Outputs = new Dictionary<string, OutputOptions> { ["lamp"] = new GpioOptions { Line = "GPIO17" }, ["diary"] = new LogLineOptions() };
        _options.PauseButton = new ButtonOptions { Line = "GPIO23" };
        var findings = Examination.Of(Machine(), _options).ToList();
        Assert.All(findings, found => Assert.True(found.Verdict == Verdict.Ok && found.Remedy is null, found.ToString()));
        Assert.Contains(findings, found => found.Text.Contains("GPIO17 (lamp), GPIO23 (pauseButton), free", StringComparison.Ordinal));
        Assert.Contains(findings, found => found.Text == "51 °C");
        Assert.Contains(findings, found => found.Text == "/dev/video0 (USB Camera)");
    }

    [Fact]
    public void A_bare_machine_is_told_what_it_lacks()
    {
        _options.Outputs = new Dictionary<string, OutputOptions> { ["lamp"] = new GpioOptions { Line = "GPIO17" } };
        var machine = Machine() with
        {
            Cameras = () => [],
            HasLibrary = _ => false,
            OpenBoard = _ => throw new EdgeGestureException("No GPIO chip was found; wire one."),
            IsClockSynchronised = () => false,
            FreeBytes = _ => 10_000_000,
        };
        AssertFinding(machine, "camera", Verdict.Fail, "No camera was found", "plug one in");
        AssertFinding(machine, "libgpiod", Verdict.Fail, "not installed, and GPIO lines need it", "sudo apt install libgpiod2");
        AssertFinding(machine, "gpio", Verdict.Fail, "No GPIO chip was found", "wire one");
        AssertFinding(machine, "libturbojpeg", Verdict.Warn, "not installed", "sudo apt install libturbojpeg0");
        AssertFinding(machine, "groups", Verdict.Warn, "pi is not in the group video and gpio and edgegesture", "sudo usermod -aG video,gpio,edgegesture pi");
        AssertFinding(machine, "clock", Verdict.Warn, "not synchronised", "timedatectl");
        AssertFinding(machine, "disk", Verdict.Fail, "10 MB free", "make room");
    }

    [Theory]
    [InlineData("0x1", "power supply", "the voltage is too low now")]
    [InlineData("0x10000", "power supply", "the voltage has been too low since the start")]
    [InlineData("0x4", "throttling", "slows itself down (throttled)")]
    [InlineData("0x8", "throttling", "slows itself down (softtemperaturelimit)")]
    public void What_the_firmware_complains_of_is_passed_on(string bits, string check, string text) =>
        AssertFinding(Machine() with { VideoCore = new Firmware($"throttled={bits}") }, check, Verdict.Warn, text, "");

    [Fact]
    public void A_hot_board_is_named()
    {
        File("/sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        File("/sys/class/thermal/thermal_zone0/temp", "84000\n");
        AssertFinding(Machine(), "temperature", Verdict.Warn, "84 °C", "heat sink");
    }

    [Theory]
    [InlineData("csi", "needs the program rpicam-vid", "rpicam-apps-lite")]
    [InlineData("jetson-csi", "needs the program gst-launch-1.0", "gstreamer1.0-tools")]
    [InlineData("rtsp://camera/1", "needs the program ffmpeg", "apt install ffmpeg")]
    [InlineData("/dev/video7", "There is no camera /dev/video7", "edgegesture cameras")]
    [InlineData("holiday.y4m", "There is no video holiday.y4m", "camera.source")]
    public void A_camera_that_cannot_be_used_is_named_with_what_it_lacks(string source, string text, string remedy)
    {
        _options.Camera.Source = source;
        AssertFinding(Machine(), "camera", Verdict.Fail, text, remedy);
    }

    [Fact]
    public void A_meter_that_needs_i2c_fails_without_it()
    {
        _options.Power.Meter = MeterKind.Ina219;
        AssertFinding(Machine(), "i2c", Verdict.Fail, "there is no bus 1", "raspi-config");
    }

    [Fact]
    public void A_model_that_is_not_there_is_named()
    {
        _options.Model.File = "/nowhere/m.onnx";
        AssertFinding(Machine(), "model", Verdict.Fail, "There is no model file /nowhere/m.onnx", "name another");
    }

    private void AssertFinding(Machine machine, string check, Verdict verdict, string text, string remedy)
    {
        var found = Examination.Of(machine, _options).Single(found => found.Check == check);
        Assert.Equal(verdict, found.Verdict);
        Assert.Contains(text, found.Text, StringComparison.Ordinal);
        Assert.Contains(remedy, found.Remedy, StringComparison.Ordinal);
    }

    private Machine Machine() => new()
    {
        Files = new SystemFiles(_root),
        VideoCore = new Firmware("throttled=0x0"),
        ProgramPath = _root,
        UserName = "pi",
        Cameras = () => [new CameraDevice("/dev/video0", null, "USB Camera", [], [])],
        OpenBoard = _ => new SimulatedBoard(TimeProvider.System),
        HasLibrary = _ => true,
        OpenMeter = _ => new EstimateMeter(new SystemFiles(_root), TimeProvider.System),
        IsClockSynchronised = () => true,
        FreeBytes = _ => 5_000_000_000,
    };

    private void File(string path, string text)
    {
        var full = _root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
    }

    private sealed class Firmware(string answer) : IVideoCore
    {
        public bool TryAsk(string question, out string reply)
        {
            reply = answer;
            return true;
        }
    }
}
