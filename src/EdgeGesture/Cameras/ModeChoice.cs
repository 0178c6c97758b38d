namespace EdgeGesture.Cameras;

/// <summary>Chooses the cheapest of a camera's modes that serves the network.</summary>
public static class ModeChoice
{
    /// <summary>Pixels in a row that the largest network here still gains from.</summary>
    public const int LeastWidth = 320;

    /// <summary>The mode to ask a camera for; null where it offers none.</summary>
    /// <param name="offered">What the camera can do.</param>
    /// <param name="wanted">The size and rate of the configuration.</param>
    /// <param name="cadenceFps">Frames a second that the network looks at.</param>
    public static CameraMode? Choose(IEnumerable<OfferedMode> offered, CameraOptions wanted, double cadenceFps) => offered
        .Select(mode => mode.Nearest(wanted))
        .OrderByDescending(mode => mode.Width >= LeastWidth && (mode.Fps is null || mode.Fps >= cadenceFps))
        .ThenBy(mode => mode.Format == PixelFormat.Mjpeg) // decoding costs more than any size
        .ThenBy(mode => Math.Abs(mode.Width - wanted.Width) + Math.Abs(mode.Height - wanted.Height))
        .ThenBy(mode => Math.Abs((mode.Fps ?? wanted.Fps) - wanted.Fps))
        .ThenBy(mode => Cost(mode.Format))
        .FirstOrDefault();

    // By the bytes to read of a picture.
    private static int Cost(PixelFormat format) => format switch
    {
        PixelFormat.Nv12 => 0,
        PixelFormat.I420 => 1,
        PixelFormat.Yuyv => 2,
        PixelFormat.Rgb24 => 3,
        _ => 4,
    };
}
