using OpenCvSharp;

namespace EdgeGesture.Training.Data;

/// <summary>
/// Brings camera pictures to the network's input as the device does: cropped to 4:3 in the middle if wider, then
/// squeezed to S×S with an area filter (bilinear when enlarging).
/// </summary>
public static class Squeezer
{
    /// <summary>RGB bytes of <paramref name="width"/>×<paramref name="height"/> to S×S×3.</summary>
    public static byte[] Squeeze(byte[] rgb, int width, int height, int size)
    {
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC3, rgb);
        var kept = Math.Min(width, height * 4 / 3);
        using var middle = new Mat(picture, new Rect((width - kept) / 2, 0, kept, height));
        return Resize(middle, size);
    }

    /// <summary>RGB bytes of a square of <paramref name="from"/> pixels a side to S×S×3.</summary>
    public static byte[] Resize(byte[] rgb, int from, int size)
    {
        using var picture = Mat.FromPixelData(from, from, MatType.CV_8UC3, rgb);
        return Resize(picture, size);
    }

    private static byte[] Resize(Mat picture, int size)
    {
        using var small = new Mat();
        var shrinks = picture.Width >= size && picture.Height >= size;
        Cv2.Resize(picture, small, new Size(size, size), 0, 0, shrinks ? InterpolationFlags.Area : InterpolationFlags.Linear);
        small.GetArray(out Vec3b[] pixels);
        return System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray();
    }
}
