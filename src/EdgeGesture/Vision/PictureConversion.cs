using EdgeGesture.Cameras;

namespace EdgeGesture.Vision;

/// <summary>Turns whole frames into pictures for people, pixel by pixel: for a look now and then, not for each frame.</summary>
public static class PictureConversion
{
    /// <summary>A frame in 8-bit red, green, blue and full alpha.</summary>
    /// <param name="frame">A picture in any format but <see cref="PixelFormat.Mjpeg"/>.</param>
    /// <returns>4 × width × height bytes, row by row.</returns>
    /// <exception cref="EdgeGestureException">The frame has fewer bytes than its layout needs.</exception>
    public static byte[] ToRgba(Frame frame)
    {
        var (width, height, stride) = (frame.Width, frame.Height, frame.StrideBytes);
        if (frame.Data.Length < Frame.LengthBytes(frame.Format, stride, height))
        {
            throw new EdgeGestureException($"A {width}×{height} {frame.Format} frame came with only {frame.Data.Length} bytes; check the camera's cable and mode.");
        }

        var data = frame.Data;
        var rgba = new byte[4 * width * height];
        var matrix = frame.Format == PixelFormat.Rgb24 ? ColourMatrix.Identity : frame.FullRange ? ColourMatrix.FullRange : ColourMatrix.VideoRange;
        var chroma = stride * height; // where 4:2:0's second plane starts
        var halfStride = (stride + 1) / 2;
        var halfHeight = (height + 1) / 2;
        for (var (y, at) = (0, 0); y < height; y++)
        {
            for (var x = 0; x < width; x++, at += 4)
            {
                var row = y * stride;
                var (first, second, third) = frame.Format switch
                {
                    PixelFormat.Yuyv => (row + 2 * x, row + 4 * (x / 2) + 1, row + 4 * (x / 2) + 3),
                    PixelFormat.Nv12 => (row + x, chroma + y / 2 * stride + x / 2 * 2, chroma + y / 2 * stride + x / 2 * 2 + 1),
                    PixelFormat.I420 => (row + x, chroma + y / 2 * halfStride + x / 2, chroma + (halfHeight + y / 2) * halfStride + x / 2),
                    PixelFormat.Rgb24 => (row + 3 * x, row + 3 * x + 1, row + 3 * x + 2),
                    _ => throw new ArgumentException($"A {frame.Format} frame must be decoded first.", nameof(frame)),
                };
                var (red, green, blue) = matrix.Apply(data[first], data[second], data[third]);
                (rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]) = ((byte)(red + 0.5f), (byte)(green + 0.5f), (byte)(blue + 0.5f), 255);
            }
        }

        return rgba;
    }
}
