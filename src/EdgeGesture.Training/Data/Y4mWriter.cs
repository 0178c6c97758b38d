using System.Globalization;
using System.IO.Compression;
using System.Text;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Data;

/// <summary>Writes a clip as compressed YUV4MPEG2 (.y4m.gz), 4:2:0, BT.601 video range: a video that needs no codec.</summary>
public static class Y4mWriter
{
    public static void Write(string path, Clip clip)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        stream.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"YUV4MPEG2 W{Picture.Width} H{Picture.Height} F{ClipRenderer.CadenceFps}:1 Ip A1:1 C420\n")));
        var planes = new byte[Picture.Width * Picture.Height * 3 / 2];
        foreach (var frame in clip.Frames)
        {
            stream.Write("FRAME\n"u8);
            ToPlanes(frame, planes);
            stream.Write(planes);
        }
    }

    // ITU-R BT.601: luma 16–235, chroma 16–240; chroma is the mean of four pixels.
    private static void ToPlanes(byte[] rgb, byte[] planes)
    {
        const int Chroma = Picture.Width * Picture.Height;
        const int Quarter = Chroma / 4;
        for (var i = 0; i < Chroma; i++)
            planes[i] = (byte)(16.5f + (65.481f * rgb[i * 3] + 128.553f * rgb[i * 3 + 1] + 24.966f * rgb[i * 3 + 2]) / 255);
        for (var y = 0; y < Picture.Height; y += 2)
        {
            for (var x = 0; x < Picture.Width; x += 2)
            {
                var (r, g, b) = (0f, 0f, 0f);
                foreach (var at in (ReadOnlySpan<int>)[y * Picture.Width + x, y * Picture.Width + x + 1, (y + 1) * Picture.Width + x, (y + 1) * Picture.Width + x + 1])
                {
                    r += rgb[at * 3] / 4f;
                    g += rgb[at * 3 + 1] / 4f;
                    b += rgb[at * 3 + 2] / 4f;
                }

                var to = Chroma + y / 2 * (Picture.Width / 2) + x / 2;
                planes[to] = (byte)(128.5f + (-37.797f * r - 74.203f * g + 112 * b) / 255);
                planes[to + Quarter] = (byte)(128.5f + (112 * r - 93.786f * g - 18.214f * b) / 255);
            }
        }
    }
}
