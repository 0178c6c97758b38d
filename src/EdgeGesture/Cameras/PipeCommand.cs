using System.Globalization;

namespace EdgeGesture.Cameras;

/// <summary>A program that writes raw I420 frames to its standard output, one after another, and stops at SIGINT.</summary>
/// <param name="Name">What a person calls the camera.</param>
/// <param name="Program">The program's path.</param>
/// <param name="Arguments">What it is started with.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Remedy">What to do when it ends: the words behind the semicolon of an error.</param>
public sealed record PipeCommand(string Name, string Program, IReadOnlyList<string> Arguments, int Width, int Height, string Remedy)
{
    // Rows are padded to so many bytes by the Pi's camera programs; widths are multiples of it, so none are.
    private const int RowBytes = 64;

    /// <summary>Whether luma uses 0–255 rather than 16–235.</summary>
    public bool FullRange { get; init; }

    /// <summary>The Pi's ribbon-cable camera: rpicam-vid, or libcamera-vid on older systems.</summary>
    /// <param name="options">The size and rate to ask for.</param>
    /// <param name="path">Where programs are looked for, folders with colons between them.</param>
    /// <exception cref="EdgeGestureException">Neither is installed.</exception>
    public static PipeCommand Csi(CameraOptions options, string? path)
    {
        var program = Find("rpicam-vid", path) ?? Find("libcamera-vid", path) ?? throw new EdgeGestureException(
            "The camera csi needs the program rpicam-vid, which is not installed; install it with: sudo apt install rpicam-apps-lite.");
        var (width, height) = (MultipleOf(RowBytes, options.Width), MultipleOf(2, options.Height));
        return new PipeCommand(
            "csi", program,
            [
                "-t", "0", "-n", "--codec", "yuv420", "--flush", "--width", Text(width), "--height", Text(height), "--framerate", Text(options.Fps),
                "-o", "-",
            ],
            width, height, "check its ribbon cable, and that it is listed by: rpicam-hello --list-cameras")
        {
            // For yuv420, unlike for H.264, the program asks for JPEG's colours (rpicam_vid.cpp, get_colourspace_flags).
            FullRange = true,
        };
    }

    /// <summary>A Jetson's ribbon-cable camera, by GStreamer. Its sensors are wide: the rows are fewer than asked for.</summary>
    /// <param name="options">The size and rate to ask for.</param>
    /// <param name="path">Where programs are looked for, folders with colons between them.</param>
    /// <exception cref="EdgeGestureException">GStreamer is not installed.</exception>
    public static PipeCommand JetsonCsi(CameraOptions options, string? path)
    {
        var program = Find("gst-launch-1.0", path) ?? throw new EdgeGestureException(
            "The camera jetson-csi needs the program gst-launch-1.0, which is not installed; install it with: sudo apt install gstreamer1.0-tools.");
        var width = MultipleOf(RowBytes, options.Width);
        var height = MultipleOf(2, width * 9 / 16);

        // The camera source writes messages of its own to the standard output: frames take another way there.
        return new PipeCommand(
            "jetson-csi", "/bin/sh",
            [
                "-c", "exec 3>&1 1>&2; exec \"$@\"", "sh", program, "-q", "nvarguscamerasrc", "!",
                $"video/x-raw(memory:NVMM),width=1280,height=720,framerate={Text(options.Fps)}/1", "!", "nvvidconv", "!",
                $"video/x-raw,format=I420,width={Text(width)},height={Text(height)}", "!", "fdsink", "fd=3",
            ],
            width, height, "check its ribbon cable, then run: sudo systemctl restart nvargus-daemon");
    }

    /// <summary>A stream from the network, by ffmpeg: the part that is seen, at the size that the largest network needs.</summary>
    /// <param name="address">Such as <c>rtsp://…</c>.</param>
    /// <param name="path">Where programs are looked for, folders with colons between them.</param>
    /// <exception cref="EdgeGestureException">ffmpeg is not installed.</exception>
    public static PipeCommand Stream(string address, string? path)
    {
        const int Width = 640;
        const int Height = 480;
        var program = Find("ffmpeg", path) ?? throw new EdgeGestureException(
            $"Reading {address} needs the program ffmpeg, which is not installed; install it with: sudo apt install ffmpeg.");
        return new PipeCommand(
            address, program,
            [
                "-nostdin", "-v", "error", "-i", address, "-map", "0:v:0",
                "-vf", $"crop=w='min(iw,ih*4/3)':h=ih,scale={Text(Width)}:{Text(Height)}:out_range=tv", "-fps_mode", "passthrough",
                "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1",
            ],
            Width, Height, "check the address, and that its sender runs");
    }

    internal static string? Find(string program, string? path) => (path ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static int MultipleOf(int divisor, int value) => (value + divisor - 1) / divisor * divisor;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
