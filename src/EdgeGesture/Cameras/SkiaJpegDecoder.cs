using SkiaSharp;

namespace EdgeGesture.Cameras;

/// <summary>JPEG by SkiaSharp, where libturbojpeg is not installed: slower, and it allocates.</summary>
internal sealed unsafe class SkiaJpegDecoder(int leastSide) : JpegDecoder(leastSide)
{
    private protected override bool TryReadSize(ReadOnlySpan<byte> jpeg, out int width, out int height)
    {
        using var data = SKData.CreateCopy(jpeg);
        using var codec = SKCodec.Create(data);
        (width, height) = codec is null ? (0, 0) : (codec.Info.Width, codec.Info.Height);
        return codec?.EncodedFormat == SKEncodedImageFormat.Jpeg;
    }

    private protected override bool TryDecode(ReadOnlySpan<byte> jpeg, byte* picture, int width, int height)
    {
        using var data = SKData.CreateCopy(jpeg);
        using var codec = SKCodec.Create(data);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            return false;
        }

        var pixels = bitmap.GetPixelSpan();
        for (var (from, to) = (0, 0); from < pixels.Length; from += 4, to += 3)
        {
            pixels.Slice(from, 3).CopyTo(new Span<byte>(picture + to, 3));
        }

        return true;
    }
}
