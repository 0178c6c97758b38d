using SkiaSharp;

namespace EdgeGesture.Service.Snapshots;

/// <summary>
/// Writes ASCII into a picture with the X Window System's 8x13 font, which is in the public domain: a headless device has
/// no other. The resource holds 13 rows of 8 pixels for each character from the space to the tilde.
/// </summary>
internal static class PixelFont
{
    public const int Width = 8;
    public const int Height = 13;

    private const char First = ' ';
    private const char Last = '~';

    private static readonly byte[] Rows = Load();

    /// <param name="canvas">What is written on.</param>
    /// <param name="text">What; other characters than ASCII become question marks.</param>
    /// <param name="x">Pixels from the left.</param>
    /// <param name="y">Pixels from the top.</param>
    /// <param name="colour">Of the letters.</param>
    public static void Write(SKCanvas canvas, string text, int x, int y, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour };
        foreach (var letter in text)
        {
            var glyph = Rows.AsSpan(((letter is >= First and <= Last ? letter : '?') - First) * Height, Height);
            for (var pixel = 0; pixel < Width * Height; pixel++)
            {
                if ((glyph[pixel / Width] & (0x80 >> (pixel % Width))) != 0)
                {
                    canvas.DrawRect(x + pixel % Width, y + pixel / Width, 1, 1, paint);
                }
            }

            x += Width;
        }
    }

    private static byte[] Load()
    {
        using var stream = typeof(PixelFont).Assembly.GetManifestResourceStream("fixed8x13.bin")!;
        var rows = new byte[(Last - First + 1) * Height];
        stream.ReadExactly(rows);
        return rows;
    }
}
