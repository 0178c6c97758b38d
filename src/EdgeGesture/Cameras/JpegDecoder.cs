using System.Runtime.InteropServices;

namespace EdgeGesture.Cameras;

/// <summary>
/// Turns JPEG frames into <see cref="PixelFormat.Rgb24"/> ones, at the smallest scale that still has a pixel for each of
/// the network's: a scaled JPEG costs a fraction of a whole one. The picture lies in native memory that is made once.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public abstract unsafe class JpegDecoder : IDisposable
{
    private const int LargestSide = 8192;

    // A JPEG's squares of 8×8 make squares of 1, 2, 4 or 8 at little cost.
    private static readonly int[] Divisors = [8, 4, 2];

    private readonly Frame _frame = new();
    private readonly int _leastSide;
    private byte* _picture;
    private int _capacityBytes;

    private protected JpegDecoder(int leastSide) => _leastSide = leastSide;

    /// <summary>The quickest decoder that this machine has.</summary>
    /// <param name="leastSide">Pixels that the shorter side must keep: the network's.</param>
    public static JpegDecoder Create(int leastSide) => TurboJpegNative.IsInstalled ? new TurboJpegDecoder(leastSide) : new SkiaJpegDecoder(leastSide);

    /// <summary>Decodes a frame; false where it is no whole JPEG.</summary>
    /// <param name="jpeg">A frame in the format <see cref="PixelFormat.Mjpeg"/>.</param>
    /// <param name="picture">The same moment in RGB, valid until the next call.</param>
    public bool TryDecode(Frame jpeg, out Frame picture)
    {
        picture = _frame;
        if (!TryReadSize(jpeg.Data, out var width, out var height) || width is < 1 or > LargestSide || height is < 1 or > LargestSide)
        {
            return false;
        }

        var divisor = Divisor(Math.Min(width, height));
        var (scaledWidth, scaledHeight) = ((width + divisor - 1) / divisor, (height + divisor - 1) / divisor);
        var stride = Frame.TightStrideBytes(PixelFormat.Rgb24, scaledWidth);
        var length = stride * scaledHeight;
        Reserve(length);
        if (!TryDecode(jpeg.Data, _picture, scaledWidth, scaledHeight))
        {
            return false;
        }

        _frame.SetLayout(PixelFormat.Rgb24, scaledWidth, scaledHeight, stride, fullRange: true);
        _frame.Fill(_picture, length, jpeg.Timestamp, jpeg.Sequence);
        return true;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        NativeMemory.Free(_picture);
        _picture = null;
    }

    private protected abstract bool TryReadSize(ReadOnlySpan<byte> jpeg, out int width, out int height);

    // Writes tight rows of red, green, blue, at that size.
    private protected abstract bool TryDecode(ReadOnlySpan<byte> jpeg, byte* picture, int width, int height);

    private int Divisor(int side)
    {
        foreach (var divisor in Divisors)
        {
            if (side / divisor >= _leastSide)
            {
                return divisor;
            }
        }

        return 1;
    }

    private void Reserve(int bytes)
    {
        if (bytes > _capacityBytes)
        {
            _picture = (byte*)NativeMemory.Realloc(_picture, (nuint)bytes);
            _capacityBytes = bytes;
        }
    }
}
