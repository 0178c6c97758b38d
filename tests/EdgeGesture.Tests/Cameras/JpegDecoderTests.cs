using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Tests.Support;
using SkiaSharp;

namespace EdgeGesture.Tests.Cameras;

public class JpegDecoderTests
{
    private const int Width = 640;
    private const int Height = 480;

    public static TheoryData<string, int> Decoders => new() { { "turbo", 96 }, { "turbo", 224 }, { "turbo", 480 }, { "skia", 96 }, { "skia", 224 }, { "skia", 480 } };

    [Theory]
    [MemberData(nameof(Decoders))]
    public void A_picture_comes_out_at_the_smallest_scale_that_covers_the_network(string library, int leastSide)
    {
        using var decoder = Create(library, leastSide);
        using var jpeg = Jpeg(Encode(Width, Height));
        Assert.True(decoder.TryDecode(jpeg.At(TimeSpan.FromSeconds(3), 7), out var picture));
        var divisor = leastSide switch { 96 => 4, 224 => 2, _ => 1 };
        Assert.Equal((PixelFormat.Rgb24, Width / divisor, Height / divisor), (picture.Format, picture.Width, picture.Height));
        Assert.Equal((TimeSpan.FromSeconds(3), 7), (picture.Timestamp, picture.Sequence));
        Assert.Equal(Frame.LengthBytes(PixelFormat.Rgb24, picture.StrideBytes, picture.Height), picture.Data.Length);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var wanted = Colour((x + 0.5) * divisor / Width, (y + 0.5) * divisor / Height);
                var pixel = picture.Data.Slice(y * picture.StrideBytes + 3 * x, 3);
                Assert.InRange(pixel[0] - wanted.Red, -6, 6);
                Assert.InRange(pixel[1] - wanted.Green, -6, 6);
                Assert.InRange(pixel[2] - wanted.Blue, -6, 6);
            }
        }
    }

    [Theory]
    [InlineData("turbo")]
    [InlineData("skia")]
    public void A_broken_picture_is_refused_and_the_next_is_not(string library)
    {
        using var decoder = Create(library, 96);
        var whole = Encode(Width, Height);
        foreach (var bytes in new[] { [], [0xFF], whole[..100], whole[..(whole.Length / 2)], new byte[5000] })
        {
            using var broken = Jpeg(bytes);
            Assert.False(decoder.TryDecode(broken.Frame, out _));
        }

        using var jpeg = Jpeg(whole);
        Assert.True(decoder.TryDecode(jpeg.Frame, out _));
    }

    [Fact]
    public void Padding_behind_a_picture_does_no_harm()
    {
        using var decoder = Create("turbo", 96);
        using var jpeg = Jpeg([.. Encode(Width, Height), .. new byte[64]]);
        Assert.True(decoder.TryDecode(jpeg.Frame, out _));
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        using var decoder = Create("turbo", 96);
        using var jpeg = Jpeg(Encode(Width, Height));
        decoder.TryDecode(jpeg.Frame, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            decoder.TryDecode(jpeg.Frame, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_pipeline_decodes_what_is_due_and_counts_what_is_broken()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path);
        var whole = Encode(64, 48);
        using var camera = new JpegCamera(whole, whole[..(whole.Length / 2)]);
        using var pipeline = new Pipeline(camera, model, new EdgeGestureOptions(), new NoSink(), TimeProvider.System);
        pipeline.Run(CancellationToken.None);
        Assert.Equal(2, pipeline.Counters.Due);
        Assert.Equal(1, pipeline.Counters.Inferences);
        Assert.Equal(1, pipeline.Counters.Broken);
    }

    private static JpegDecoder Create(string library, int leastSide)
    {
        if (library == "skia")
        {
            return new SkiaJpegDecoder(leastSide);
        }

        Assert.SkipUnless(TurboJpegNative.IsInstalled, "libturbojpeg0 is not installed.");
        return new TurboJpegDecoder(leastSide);
    }

    // A smooth picture, which a JPEG keeps nearly as it is.
    private static SKColor Colour(double x, double y) => new((byte)(40 + 160 * x), (byte)(40 + 160 * y), (byte)(200 - 80 * x - 80 * y));

    private static byte[] Encode(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Pixels = [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select Colour((x + 0.5) / width, (y + 0.5) / height)];
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private static TestFrame Jpeg(byte[] bytes) => new(PixelFormat.Mjpeg, Width, Height, bytes);

    private sealed class JpegCamera(params byte[][] pictures) : ICamera
    {
        private readonly List<TestFrame> _frames = [.. pictures.Select(Jpeg)];
        private int _next;

        public string Name => "JPEGs";

        public string Mode => "MJPEG";

        public ReadResult Read(TimeSpan timeout, out Frame? frame)
        {
            frame = _next < _frames.Count ? _frames[_next].At(TimeSpan.FromSeconds(_next), _next) : null;
            _next++;
            return frame is null ? ReadResult.End : ReadResult.Frame;
        }

        public void Dispose() => _frames.ForEach(frame => frame.Dispose());
    }

    private sealed class NoSink : IGestureSink
    {
        public void Post(in GestureEvent gesture)
        {
            // Nothing is driven.
        }

        public void MakeSafe(string reason)
        {
            // Nothing is driven.
        }
    }
}
