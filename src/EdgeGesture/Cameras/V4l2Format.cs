using System.Text;

namespace EdgeGesture.Cameras;

/// <summary>The kernel's four letters for the formats that frames may have (V4L2_PIX_FMT_…).</summary>
internal static class V4l2Format
{
    private static readonly (uint FourCc, PixelFormat Format)[] Known =
    [
        (V4l2Native.FourCc("NV12"u8), PixelFormat.Nv12),
        (V4l2Native.FourCc("YU12"u8), PixelFormat.I420),
        (V4l2Native.FourCc("YUYV"u8), PixelFormat.Yuyv),
        (V4l2Native.FourCc("RGB3"u8), PixelFormat.Rgb24),
        (V4l2Native.FourCc("MJPG"u8), PixelFormat.Mjpeg),
    ];

    /// <summary>All names that are known, for an error.</summary>
    public static string Names { get; } = string.Join(", ", Known.Select(known => Name(known.FourCc)));

    public static PixelFormat? Find(uint fourCc) => Known.Where(known => known.FourCc == fourCc).Select(known => (PixelFormat?)known.Format).FirstOrDefault();

    public static uint FourCc(PixelFormat format) => Known.First(known => known.Format == format).FourCc;

    public static string Name(uint fourCc) => Encoding.ASCII.GetString(BitConverter.GetBytes(fourCc)).TrimEnd();
}
