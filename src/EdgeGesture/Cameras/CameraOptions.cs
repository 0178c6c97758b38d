using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeGesture.Cameras;

/// <summary>The configuration's section "camera".</summary>
public sealed record CameraOptions
{
    [Description("Where frames come from: \"auto\" (the only camera there is), a device such as /dev/video0 or a link in /dev/v4l/by-id, a video file, or a stream's address.")]
    public string Source { get; set; } = "auto";

    [Description("Pixels in a row that are asked of a camera; it may give others.")]
    [Range(64, 4096)]
    public int Width { get; set; } = 640;

    [Description("Rows that are asked of a camera; it may give others.")]
    [Range(48, 2160)]
    public int Height { get; set; } = 480;

    [Description("Frames a second that are asked of a camera; it may give others.")]
    [Range(1, 120)]
    public int Fps { get; set; } = 30;

    [Description("Whether the camera shows a mirrored picture, in which left and right must be swapped back.")]
    public bool Mirror { get; set; }

    [Description("Whether a video file begins anew at its end.")]
    public bool Loop { get; set; }
}
