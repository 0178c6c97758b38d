namespace EdgeGesture.Training.Synthesis;

/// <summary>A 256×192 camera picture while it is made: RGB, row by row, each value in 0..1 (and beyond, until the end).</summary>
public sealed class Picture
{
    public const int Width = 256;
    public const int Height = 192;

    /// <summary>A hundred-and-twentieth of the height in pixels: what sizes and motions in the picture are told in.</summary>
    public const float Unit = Height / 120f;

    /// <summary>Height×width×3 values.</summary>
    public float[] Values { get; } = new float[Height * Width * 3];

    /// <summary>The picture in bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Values.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Clamp(Values[i] * 255f + 0.5f, 0, 255);
        return bytes;
    }
}
