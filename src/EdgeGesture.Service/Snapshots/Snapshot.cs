using System.Globalization;
using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Service.Control;
using EdgeGesture.Vision;
using SkiaSharp;

namespace EdgeGesture.Service.Snapshots;

/// <summary>
/// A picture for aiming a camera: the whole frame with what the network sees of it framed, and below it the network's
/// own small picture beside what it thinks.
/// </summary>
internal static class Snapshot
{
    private const int LeastWidth = 480;
    private const int Margin = 8;
    private const int LineHeight = PixelFont.Height + 3;
    private const int InputSide = 160;
    private const int PanelHeight = InputSide + 2 * Margin;
    private const int ShownScores = 7;
    private const int JpegQuality = 85;

    private static readonly SKColor Seen = SKColors.Yellow;
    private static readonly SKColor Ink = SKColors.White;
    private static readonly SKColor Faint = new(150, 150, 150);

    /// <summary>Draws and encodes.</summary>
    /// <param name="frame">The camera's frame.</param>
    /// <param name="model">The network, for its input.</param>
    /// <param name="mirror">Whether the network sees it mirrored.</param>
    /// <param name="status">What the service says of itself at that moment.</param>
    /// <param name="format">JPEG or PNG.</param>
    /// <exception cref="EdgeGestureException">The frame is no whole picture.</exception>
    public static byte[] Draw(Frame frame, ModelMetadata model, bool mirror, StatusReport status, SKEncodedImageFormat format)
    {
        using var decoder = frame.Format == PixelFormat.Mjpeg ? JpegDecoder.Create(int.MaxValue) : null; // at full size
        if (decoder?.TryDecode(frame, out frame) == false)
        {
            throw new EdgeGestureException("The camera gave a broken picture; try again, and if it stays so check its cable.");
        }

        using var picture = Bitmap(PictureConversion.ToRgba(frame), frame.Width, frame.Height);
        var scale = (LeastWidth + frame.Width - 1) / frame.Width;
        var (width, height) = (frame.Width * scale, frame.Height * scale);
        using var surface = SKSurface.Create(new SKImageInfo(width, height + PanelHeight));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.Black);
        canvas.DrawBitmap(picture, new SKRect(0, 0, width, height), SKSamplingOptions.Default);
        FrameSeenPart(canvas, frame.Width, frame.Height, scale);
        using var input = NetworkInput(frame, model, mirror);
        canvas.DrawBitmap(input, new SKRect(Margin, height + Margin, Margin + InputSide, height + Margin + InputSide), SKSamplingOptions.Default);
        WriteThoughts(canvas, status, 2 * Margin + InputSide, height + Margin, width);
        using var image = surface.Snapshot();
        using var encoded = image.Encode(format, JpegQuality);
        return encoded.ToArray();
    }

    private static void FrameSeenPart(SKCanvas canvas, int width, int height, int scale)
    {
        var (left, seen) = PictureGeometry.SeenColumns(width, height);
        using var shade = new SKPaint { Color = new SKColor(0, 0, 0, 140) };
        canvas.DrawRect(0, 0, left * scale, height * scale, shade);
        canvas.DrawRect((left + seen) * scale, 0, (width - left - seen) * scale, height * scale, shade);
        using var line = new SKPaint { Color = Seen, Style = SKPaintStyle.Stroke, StrokeWidth = 2 };
        canvas.DrawRect(left * scale + 1, 1, seen * scale - 2, height * scale - 2, line);
    }

    // What the preprocessing made of it, turned back into a picture.
    private static SKBitmap NetworkInput(Frame frame, ModelMetadata model, bool mirror)
    {
        var pixels = model.Size * model.Size;
        var input = new float[3 * pixels];
        new Preprocessor(model, mirror).Run(frame, input);
        var rgba = new byte[4 * pixels];
        for (var i = 0; i < pixels; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                rgba[4 * i + channel] = (byte)Math.Clamp(255 * (input[channel * pixels + i] * model.Std[channel] + model.Mean[channel]) + 0.5f, 0, 255);
            }

            rgba[4 * i + 3] = 255;
        }

        return Bitmap(rgba, model.Size, model.Size);
    }

    private static void WriteThoughts(SKCanvas canvas, StatusReport status, int x, int y, int width)
    {
        void Line(string text, SKColor colour)
        {
            PixelFont.Write(canvas, text, x, y, colour);
            y += LineHeight;
        }

        Line(DateTimeOffset.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Ink);
        Line(status.Network.IsAwake ? "awake: something moves" : "asleep: nothing moves (the scores are old)", Faint);
        var last = status.Gestures.Count == 0 ? "no gesture yet" : StatusScreen.Gesture(status.Gestures[0]);
        Line(last, Faint);
        foreach (var score in status.Scores.OrderByDescending(score => score.Score).Take(ShownScores))
        {
            DrawBar(canvas, score, x, y, width - x - Margin);
            var colour = score.Threshold is null ? Faint : score.Score >= score.Threshold ? SKColors.LightGreen : Ink;
            Line(string.Create(CultureInfo.InvariantCulture, $"{score.Score:0.00} {score.Label}"), colour);
        }
    }

    private static void DrawBar(SKCanvas canvas, ScoreStatus score, int x, int y, int width)
    {
        using var bar = new SKPaint { Color = new SKColor(40, 70, 120) };
        canvas.DrawRect(x, y, (float)(score.Score * width), PixelFont.Height, bar);
        if (score.Threshold is { } threshold)
        {
            using var mark = new SKPaint { Color = Seen };
            canvas.DrawRect(x + (float)(threshold * width), y, 1, PixelFont.Height, mark);
        }
    }

    private static SKBitmap Bitmap(byte[] rgba, int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        rgba.CopyTo(bitmap.GetPixelSpan());
        return bitmap;
    }
}
