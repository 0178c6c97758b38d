using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public class PictureConversionTests
{
    // A network that sees every pixel, unchanged: its input must be the same picture.
    [Theory]
    [InlineData(PixelFormat.Yuyv, false)]
    [InlineData(PixelFormat.Nv12, false)]
    [InlineData(PixelFormat.I420, true)]
    [InlineData(PixelFormat.Rgb24, true)]
    public void A_picture_of_one_colour_is_the_one_that_the_network_sees(PixelFormat format, bool fullRange)
    {
        const int Side = 32;
        var stride = Frame.TightStrideBytes(format, Side) + 6;
        var bytes = new byte[Frame.LengthBytes(format, stride, Side)];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = format switch
            {
                PixelFormat.Yuyv => (byte)(i % stride % 2 == 0 ? 120 : i % stride % 4 == 1 ? 90 : 170),
                PixelFormat.Nv12 => (byte)(i < stride * Side ? 120 : i % 2 == 0 ? 90 : 170),
                PixelFormat.I420 => (byte)(i < stride * Side ? 120 : i < stride * Side * 5 / 4 ? 90 : 170),
                _ => (byte)(i % stride % 3 * 100),
            };
        }

        using var frame = new TestFrame(format, Side, Side, bytes, stride, fullRange);
        var input = new float[3 * Side * Side];
        new Preprocessor(TestModel.Metadata(Side)).Run(frame.Frame, input);
        var rgba = PictureConversion.ToRgba(frame.Frame);
        Assert.Equal(4 * Side * Side, rgba.Length);
        for (var i = 0; i < Side * Side; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                Assert.InRange(rgba[4 * i + channel] - (input[channel * Side * Side + i] * 0.5 + 0.5) * 255, -1, 1);
            }

            Assert.Equal(255, rgba[4 * i + 3]);
        }
    }

    [Fact]
    public void Odd_sizes_and_short_frames_are_no_trouble()
    {
        foreach (var format in (PixelFormat[])[PixelFormat.Yuyv, PixelFormat.Nv12, PixelFormat.I420, PixelFormat.Rgb24])
        {
            using var odd = TestFrame.Random(format, 33, 17, seed: 1);
            Assert.Equal(4 * 33 * 17, PictureConversion.ToRgba(odd.Frame).Length);
            using var cut = new TestFrame(format, 33, 17, new byte[100]);
            Assert.Throws<EdgeGestureException>(() => PictureConversion.ToRgba(cut.Frame));
        }
    }
}
