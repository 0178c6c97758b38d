using EdgeGesture.Cameras;

namespace EdgeGesture.Tests.Cameras;

/// <summary>What cameras say of themselves, written down, and what is made of it.</summary>
public class ModeChoiceTests
{
    private const double CadenceFps = 12;

    // A webcam on USB 2: raw pictures are slow when they are large.
    private static readonly OfferedMode[] Webcam =
    [
        .. Mode(PixelFormat.Mjpeg, 1920, 1080, 30, 15), .. Mode(PixelFormat.Mjpeg, 1280, 720, 60, 30), .. Mode(PixelFormat.Mjpeg, 640, 480, 30, 15),
        .. Mode(PixelFormat.Yuyv, 160, 120, 30, 15), .. Mode(PixelFormat.Yuyv, 320, 240, 30, 15), .. Mode(PixelFormat.Yuyv, 640, 480, 30, 24, 15, 5),
        .. Mode(PixelFormat.Yuyv, 1280, 720, 10, 5), .. Mode(PixelFormat.Yuyv, 1920, 1080, 5),
    ];

    // The kernel's virtual camera, as a webcam.
    private static readonly OfferedMode[] Vivid =
    [
        .. from format in new[] { PixelFormat.Yuyv, PixelFormat.I420, PixelFormat.Nv12, PixelFormat.Rgb24 }
           from size in new[] { (320, 180), (640, 360), (640, 480), (1280, 720), (1920, 1080), (3840, 2160) }
           from mode in Mode(format, size.Item1, size.Item2, size.Item1 > 1280 ? [2, 5] : [2, 5, 10, 15, 25, 30])
           select mode,
    ];

    // A Pi's camera by its older driver: any size, any rate.
    private static readonly OfferedMode[] PiCamera =
    [
        .. from format in new[] { PixelFormat.I420, PixelFormat.Yuyv, PixelFormat.Rgb24, PixelFormat.Mjpeg, PixelFormat.Nv12 }
           select new OfferedMode(format, new ModeRange(32, 2592, 2), new ModeRange(32, 1944, 2), new ModeRange(1, 90)),
    ];

    [Theory]
    [InlineData(640, 480, 30, "640×480 YUYV at 30 fps")]
    [InlineData(640, 480, 20, "640×480 YUYV at 24 fps")]
    [InlineData(640, 480, 5, "640×480 YUYV at 15 fps")] // not below the cadence
    [InlineData(1280, 720, 30, "640×480 YUYV at 30 fps")] // the larger raw ones are too slow
    [InlineData(160, 120, 30, "320×240 YUYV at 30 fps")] // the network gains from more
    public void A_webcam_gives_raw_pictures_that_are_quick_and_large_enough(int width, int height, int fps, string expected) =>
        Assert.Equal(expected, Choose(Webcam, width, height, fps));

    [Theory]
    [InlineData(640, 480, 30, "640×480 NV12 at 30 fps")]
    [InlineData(320, 240, 30, "320×180 NV12 at 30 fps")]
    [InlineData(3840, 2160, 30, "1280×720 NV12 at 30 fps")]
    public void Of_formats_that_serve_alike_the_one_with_fewest_bytes_is_taken(int width, int height, int fps, string expected) =>
        Assert.Equal(expected, Choose(Vivid, width, height, fps));

    [Theory]
    [InlineData(640, 480, 30, "640×480 NV12 at 30 fps")]
    [InlineData(641, 481, 200, "640×480 NV12 at 90 fps")]
    public void Of_a_range_the_nearest_is_taken(int width, int height, int fps, string expected) =>
        Assert.Equal(expected, Choose(PiCamera, width, height, fps));

    [Fact]
    public void A_camera_that_serves_only_in_jpeg_does_so() =>
        Assert.Equal("1280×720 MJPEG at 30 fps", Choose([.. Webcam.Where(mode => mode.Format == PixelFormat.Mjpeg || mode.Width.Least > 640)], 1280, 720, 30));

    [Fact]
    public void A_camera_that_never_serves_gives_what_it_has() =>
        Assert.Equal("1280×720 YUYV at 10 fps", Choose([.. Webcam.Where(mode => mode.Format == PixelFormat.Yuyv && mode.Width.Least > 640)], 640, 480, 30));

    [Fact]
    public void A_driver_that_lists_no_rates_is_asked_all_the_same() =>
        Assert.Equal("640×480 YUYV", Choose([new OfferedMode(PixelFormat.Yuyv, new ModeRange(16, 8192), new ModeRange(16, 8192), null)], 640, 480, 30));

    [Fact]
    public void Nothing_offered_is_nothing_chosen() => Assert.Null(ModeChoice.Choose([], new CameraOptions(), CadenceFps));

    [Fact]
    public void The_driver_s_descriptions_become_ranges()
    {
        var any = new V4l2Native.FrameSize { Type = 3, Width = 32, MostWidth = 2592, StepWidth = 2, LeastHeight = 24, MostHeight = 1944, StepHeight = 4 };
        Assert.Equal((new ModeRange(32, 2592, 2), new ModeRange(24, 1944, 4)), V4l2Modes.Range(any));
        var one = new V4l2Native.FrameSize { Type = V4l2Native.Discrete, Width = 640, Height = 480 };
        Assert.Equal((ModeRange.Only(640), ModeRange.Only(480)), V4l2Modes.Range(one));
        var ntsc = new V4l2Native.FrameInterval { Type = V4l2Native.Discrete, Numerator = 1001, Denominator = 30000 };
        Assert.Equal("29.97", V4l2Modes.Range(ntsc).ToString());
        var rates = new V4l2Native.FrameInterval { Type = 2, Numerator = 1, Denominator = 90, MostNumerator = 1, MostDenominator = 1 };
        Assert.Equal("1–90", V4l2Modes.Range(rates).ToString());
    }

    [Fact]
    public void A_stable_name_is_the_link_that_leads_to_the_device()
    {
        var folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
        try
        {
            var device = Path.Combine(folder, "video7");
            File.WriteAllText(device, "");
            File.CreateSymbolicLink(Path.Combine(folder, "usb-Webcam-index0"), "video7");
            Assert.Equal(Path.Combine(folder, "usb-Webcam-index0"), CameraDevices.StablePath(folder, device));
            Assert.Null(CameraDevices.StablePath(folder, "/dev/video8"));
            Assert.Null(CameraDevices.StablePath(Path.Combine(folder, "none"), device));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<OfferedMode> Mode(PixelFormat format, int width, int height, params int[] fps) =>
        fps.Select(rate => new OfferedMode(format, ModeRange.Only(width), ModeRange.Only(height), ModeRange.Only(rate)));

    private static string? Choose(OfferedMode[] offered, int width, int height, int fps) =>
        ModeChoice.Choose(offered, new CameraOptions { Width = width, Height = height, Fps = fps }, CadenceFps)?.ToString();
}
