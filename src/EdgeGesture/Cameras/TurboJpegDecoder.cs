using System.Runtime.InteropServices;

namespace EdgeGesture.Cameras;

/// <summary>JPEG by libturbojpeg. Allocates nothing per frame.</summary>
internal sealed unsafe class TurboJpegDecoder(int leastSide) : JpegDecoder(leastSide)
{
    private nint _decoder = TurboJpegNative.Create();

    protected override void Dispose(bool disposing)
    {
        if (_decoder != 0)
        {
            _ = TurboJpegNative.Destroy(_decoder);
            _decoder = 0;
        }

        base.Dispose(disposing);
    }

    private protected override bool TryReadSize(ReadOnlySpan<byte> jpeg, out int width, out int height)
    {
        fixed (byte* bytes = jpeg)
        {
            return TurboJpegNative.ReadHeader(_decoder, bytes, (nuint)jpeg.Length, out width, out height, out _, out _) == 0;
        }
    }

    private protected override bool TryDecode(ReadOnlySpan<byte> jpeg, byte* picture, int width, int height)
    {
        fixed (byte* bytes = jpeg)
        {
            return TurboJpegNative.Decode(_decoder, bytes, (nuint)jpeg.Length, picture, width, 3 * width, height, TurboJpegNative.Rgb, TurboJpegNative.Fast) == 0
                || IsHarmless();
        }
    }

    // Webcams pad their pictures, which the library warns of; a picture that ends too soon is a warning to it as well.
    private bool IsHarmless() =>
        TurboJpegNative.ErrorCode(_decoder) == TurboJpegNative.Warning
        && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(TurboJpegNative.ErrorText(_decoder)).IndexOf("extraneous"u8) >= 0;
}
