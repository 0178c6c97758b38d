using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public class PreprocessorTests
{
    // Vertical weights are in 1/256: a pixel may be off by a few levels of 255 where many rows share a weight.
    private const float Tolerance = 2 * 2.5f / 255;

    public static TheoryData<PixelFormat, int, int> Pictures()
    {
        var data = new TheoryData<PixelFormat, int, int>();
        foreach (var format in (PixelFormat[])[PixelFormat.Yuyv, PixelFormat.Nv12, PixelFormat.I420, PixelFormat.Rgb24])
        {
            foreach (var (width, height) in ((int, int)[])[(64, 48), (176, 100), (132, 100), (40, 30), (30, 40), (33, 35), (97, 73)])
            {
                data.Add(format, width, height);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Equals_its_scalar_twin(PixelFormat format, int width, int height)
    {
        foreach (var size in (int[])[32, 45])
        {
            foreach (var (padBytes, fullRange, mirror) in ((int, bool, bool)[])[(0, false, false), (14, true, true)])
            {
                using var picture = TestFrame.Random(format, width, height, seed: 7, padBytes, fullRange);
                var expected = ReferencePreprocessor.Run(picture.Frame, size, 0.5, 0.5, mirror);
                var actual = new float[expected.Length];
                new Preprocessor(TestModel.Metadata(size), mirror).Run(picture.Frame, actual);
                for (var i = 0; i < actual.Length; i++)
                {
                    Assert.InRange(actual[i] - expected[i], -Tolerance, Tolerance);
                }
            }
        }
    }

    [Theory]
    [InlineData(235, 128, 128, 1f, 1f, 1f)]
    [InlineData(16, 128, 128, -1f, -1f, -1f)]
    [InlineData(81, 90, 240, 1f, -1f, -1f)] // BT.601's red
    [InlineData(41, 240, 110, -1f, -1f, 1f)] // and blue
    public void Colours_come_out_as_they_went_in(byte y, byte u, byte v, float red, float green, float blue)
    {
        var bytes = Enumerable.Repeat((byte[])[y, u, y, v], 64 * 48 / 2).SelectMany(pair => pair).ToArray();
        using var picture = new TestFrame(PixelFormat.Yuyv, 64, 48, bytes);
        var input = new float[3 * 32 * 32];
        new Preprocessor(TestModel.Metadata()).Run(picture.Frame, input);
        Assert.Equal(red, input[0], 0.03);
        Assert.Equal(green, input[32 * 32], 0.03);
        Assert.Equal(blue, input[2 * 32 * 32], 0.03);
    }

    [Fact]
    public void A_wide_picture_loses_its_sides_and_nothing_else()
    {
        Assert.Equal((20, 132), PictureGeometry.SeenColumns(176, 100) with { Left = 20 });
        Assert.Equal((0, 640), PictureGeometry.SeenColumns(640, 480));
        Assert.Equal((0, 300), PictureGeometry.SeenColumns(300, 400));
        var (left, width) = PictureGeometry.SeenColumns(1280, 720);
        Assert.Equal(1280 - width, 2 * left);
        Assert.Equal(960, width);
    }

    [Fact]
    public void A_frame_that_is_too_short_is_refused_with_its_sizes()
    {
        using var picture = new TestFrame(PixelFormat.Yuyv, 64, 48, new byte[1000]);
        var error = Assert.Throws<EdgeGestureException>(() => new Preprocessor(TestModel.Metadata()).Run(picture.Frame, new float[3 * 32 * 32]));
        Assert.Contains("1000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        using var picture = TestFrame.Random(PixelFormat.Yuyv, 64, 48, seed: 1);
        var preprocessor = new Preprocessor(TestModel.Metadata());
        var input = new float[3 * 32 * 32];
        preprocessor.Run(picture.Frame, input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            preprocessor.Run(picture.Frame, input);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
