using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Telemetry;
using EdgeGesture.Vision;
using SkiaSharp;

namespace EdgeGesture.Service.Bench;

/// <summary>
/// What a frame of 640×480 costs from the camera to the network's input, in the two formats that USB cameras give: the
/// share of a core at 30 frames a second, none of them dropped.
/// </summary>
internal static class CameraCost
{
    private const double CameraFps = 30;
    private const int Frames = 150;
    private const int JpegQuality = 90;

    public static CameraCostReport Measure(ModelMetadata model)
    {
        using var camera = new SyntheticCamera(BenchRun.Width, BenchRun.Height, CameraFps);
        var preprocessor = new Preprocessor(model);
        var input = new float[3 * model.Size * model.Size];
        var yuyv = CoreShare(() =>
        {
            camera.Read(TimeSpan.Zero, out var frame);
            preprocessor.Run(frame!, input);
        });

        using var decoder = JpegDecoder.Create(model.Size);
        using var jpeg = new JpegFrame();
        var mjpeg = CoreShare(() =>
        {
            decoder.TryDecode(jpeg.Frame, out var picture);
            preprocessor.Run(picture, input);
        });
        return new CameraCostReport(Math.Round(yuyv, 4), Math.Round(mjpeg, 4));
    }

    private static double CoreShare(Action frame)
    {
        Repeat(frame); // compiled, and its memory made
        var clock = new CpuClock();
        var before = clock.GetTimestamp();
        Repeat(frame);
        return clock.GetElapsedTime(before).TotalSeconds / Frames * CameraFps;
    }

    private static void Repeat(Action frame)
    {
        for (var i = 0; i < Frames; i++)
        {
            frame();
        }
    }

    // One compressed picture: a room's light and shade with a camera's noise (seeded), as a flat one would be too cheap.
    private sealed unsafe class JpegFrame : IDisposable
    {
        private readonly SKData _jpeg;

        public JpegFrame()
        {
            using var bitmap = new SKBitmap(new SKImageInfo(BenchRun.Width, BenchRun.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            var random = new Random(1);
            for (var y = 0; y < bitmap.Height; y++)
            {
                for (var x = 0; x < bitmap.Width; x++)
                {
                    var level = 120 + 60 * Math.Sin(x / 40.0) * Math.Cos(y / 30.0) + random.Next(-6, 7);
                    bitmap.SetPixel(x, y, new SKColor((byte)level, (byte)(level * 0.9), (byte)(level * 0.8)));
                }
            }

            using var image = SKImage.FromBitmap(bitmap);
            _jpeg = image.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
            Frame.SetLayout(PixelFormat.Mjpeg, BenchRun.Width, BenchRun.Height, 0, fullRange: true);
            Frame.Fill((byte*)_jpeg.Data, (int)_jpeg.Size, TimeSpan.Zero, 0);
        }

        public Frame Frame { get; } = new();

        public void Dispose() => _jpeg.Dispose();
    }
}
