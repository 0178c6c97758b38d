namespace EdgeGesture.Cameras;

/// <summary>How a frame's bytes make a picture.</summary>
public enum PixelFormat
{
    /// <summary>Packed 4:2:2, Y0 U Y1 V: two bytes a pixel (V4L2 YUYV).</summary>
    Yuyv,

    /// <summary>A luma plane, then one half-size plane of U V pairs (V4L2 NV12).</summary>
    Nv12,

    /// <summary>A luma plane, then a half-size U and a half-size V plane (V4L2 YU12).</summary>
    I420,

    /// <summary>Three bytes a pixel: red, green, blue (V4L2 RGB3).</summary>
    Rgb24,

    /// <summary>One JPEG picture (V4L2 MJPG); it is decoded only when it is due.</summary>
    Mjpeg,
}
