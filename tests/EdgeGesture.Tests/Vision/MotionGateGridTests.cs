using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public class MotionGateGridTests
{
    [Theory]
    [InlineData(PixelFormat.Yuyv)]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Rgb24)]
    public void Equals_its_scalar_twin(PixelFormat format)
    {
        foreach (var (width, height) in ((int, int)[])[(640, 480), (176, 100), (132, 97), (40, 30), (33, 35), (17, 11), (2, 2)])
        {
            foreach (var (padBytes, fullRange) in ((int, bool)[])[(0, false), (14, true)])
            {
                using var picture = TestFrame.Random(format, width, height, seed: width, padBytes, fullRange);
                var actual = new float[LumaGrid.Cells];
                new LumaGrid().Measure(picture.Frame, actual);
                for (var cell = 0; cell < actual.Length; cell++)
                {
                    Assert.Equal(Twin(picture.Frame, cell), actual[cell % LumaGrid.Columns * LumaGrid.Rows + cell / LumaGrid.Columns], 1e-3f);
                }
            }
        }
    }

    // Pixel by pixel from the definition: the mean of up to four rows, evenly spread, of the cell's pixels, which lie in pairs
    // except in YUYV.
    private static float Twin(Frame frame, int cell)
    {
        var (left, seen) = PictureGeometry.SeenColumns(frame.Width, frame.Height);
        var (row, column) = (cell / LumaGrid.Columns, cell % LumaGrid.Columns);
        var top = row * frame.Height / LumaGrid.Rows;
        var height = Math.Max((row + 1) * frame.Height / LumaGrid.Rows - top, 1);
        var step = frame.Format == PixelFormat.Yuyv ? 1 : 2;
        var units = seen / step;
        var from = Math.Min(column * units / LumaGrid.Columns, units - 1);
        var to = step * Math.Max((column + 1) * units / LumaGrid.Columns, from + 1);
        from *= step;
        var rows = Math.Min(height, 4);
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < rows; i++)
        {
            var y = top + (int)((i + 0.5) * height / rows);
            for (var x = left + from; x < left + to; x++)
            {
                var at = y * frame.StrideBytes;
                sum += frame.Format switch
                {
                    PixelFormat.Yuyv => frame.Data[at + 2 * x],
                    PixelFormat.Rgb24 => (frame.Data[at + 3 * x] + frame.Data[at + 3 * x + 1] + frame.Data[at + 3 * x + 2]) / 3.0,
                    _ => frame.Data[at + x],
                };
                count++;
            }
        }

        var black = frame.FullRange || frame.Format == PixelFormat.Rgb24 ? 0 : 16;
        return (float)Math.Max(sum / count - black, 0);
    }
}
