using System.Text;

namespace EdgeGesture.Service.Tests.Support;

/// <summary>Small videos at 10 frames a second for the tiny model, to whom green pictures are its gesture Left.</summary>
internal static class TestVideo
{
    private const int Width = 32;
    private const int Height = 24;

    private static readonly byte[] Grey = [128, 128, 128];
    private static readonly byte[] Green = [145, 54, 34];

    /// <summary>Grey pictures.</summary>
    public static string Still(string folder, int frames) => Write(Path.Combine(folder, "still.y4m"), [.. Enumerable.Repeat(Grey, frames)]);

    /// <summary>Three seconds, whose last one is the gesture Left.</summary>
    public static string Gesture(string folder) => Write(Path.Combine(folder, "gesture.y4m"), [.. Enumerable.Repeat(Grey, 20), .. Enumerable.Repeat(Green, 10)]);

    private static string Write(string path, byte[][] colours)
    {
        using var stream = File.Create(path);
        stream.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F10:1\n"));
        foreach (var colour in colours)
        {
            stream.Write("FRAME\n"u8);
            WritePlane(stream, Width, Height, Grey[0], colour[0]);
            WritePlane(stream, Width / 2, Height / 2, Grey[1], colour[1]);
            WritePlane(stream, Width / 2, Height / 2, Grey[2], colour[2]);
        }

        return path;
    }

    // The right part stays grey, or a change of colour would look like a change of the light to the motion gate.
    private static void WritePlane(FileStream stream, int width, int height, byte grey, byte colour)
    {
        for (var i = 0; i < width * height; i++)
        {
            stream.WriteByte(i % width < width * 7 / 16 ? colour : grey);
        }
    }
}
