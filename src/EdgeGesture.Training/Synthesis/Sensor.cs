using System.Numerics;
using System.Numerics.Tensors;
using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>What a cheap camera does to a picture: automatic exposure and white balance, colour cast, unsharpness, vignette, noise, compression.</summary>
public sealed class Sensor
{
    private const int CurveSteps = 4096;
    private const int NoiseCount = 1 << 16;

    private readonly Dice _dice;
    private readonly Vector3 _cast;
    private readonly float _brightness;
    private readonly float _whiteBalance;
    private readonly float _adapts;
    private readonly float _black;
    private readonly float[] _curve; // by brightness, 0..1 in so many steps
    private readonly float[] _noise; // enough for some rows
    private readonly float _vignette;
    private readonly float _saturation;
    private readonly int _jpegQuality;
    private readonly double _blurPixels;
    private readonly Sway _flicker;
    private Vector3? _mean;

    public Sensor(Dice dice)
    {
        _dice = dice;
        _brightness = dice.Between(0.36f, 0.62f);
        _whiteBalance = dice.Between(0, 0.7f);
        _adapts = dice.Chance(0.5f) ? 0 : dice.Between(0.02f, 0.2f);
        _cast = new Vector3(1 + dice.Normal(0.04f), 1, 1 + dice.Normal(0.05f));
        _black = dice.Between(-0.06f, 0.04f);
        var gamma = dice.Between(0.8f, 1.35f);
        _curve = [.. Enumerable.Range(0, CurveSteps + 1).Select(step => MathF.Pow((float)step / CurveSteps, gamma))];
        var noise = dice.Chance(0.3f) ? 0 : dice.Between(0.003f, 0.03f);
        _vignette = dice.Chance(0.5f) ? 0 : dice.Between(0, 0.35f);
        _saturation = dice.Chance(0.03f) ? 0 : dice.Between(0.65f, 1.25f);
        _jpegQuality = dice.Chance(0.3f) ? 0 : 20 + dice.Below(70);
        _blurPixels = dice.Chance(0.5f) ? 0 : Picture.Unit * dice.Between(0.2f, 0.9f);
        _flicker = new Sway(dice, dice.Chance(0.15f) ? dice.Between(0.05f, 0.35f) : 0.01f);
        _noise = noise == 0 ? [] : [.. Enumerable.Range(0, NoiseCount).Select(_ => (dice.Between(-1, 1) + dice.Between(-1, 1)) * noise)];
    }

    /// <summary>Spoils the picture and gives its RGB bytes.</summary>
    public byte[] Expose(Picture picture, float seconds)
    {
        var values = picture.Values;
        var gain = Gain(values) * _cast * (1 + _flicker.At(seconds).X);
        for (var y = 0; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width; x++)
            {
                var at = (y * Picture.Width + x) * 3;
                var (dx, dy) = ((x - Picture.Width / 2) / (100 * Picture.Unit), (y - Picture.Height / 2) / (100 * Picture.Unit));
                var rgb = new Vector3(values[at], values[at + 1], values[at + 2]) * gain * (1 - _vignette * (dx * dx + dy * dy));
                var grey = 0.3f * rgb.X + 0.59f * rgb.Y + 0.11f * rgb.Z;
                rgb = new Vector3(grey) + _saturation * (rgb - new Vector3(grey)) + new Vector3(_black);
                rgb = Vector3.Clamp(rgb, Vector3.Zero, Vector3.One) * CurveSteps + new Vector3(0.5f);
                (values[at], values[at + 1], values[at + 2]) = (_curve[(int)rgb.X], _curve[(int)rgb.Y], _curve[(int)rgb.Z]);
            }

            AddNoise(values.AsSpan(y * Picture.Width * 3, Picture.Width * 3));
        }

        var bytes = picture.ToBytes();
        if (_blurPixels == 0 && _jpegQuality == 0)
            return bytes;
        using var mat = Mat.FromPixelData(Picture.Height, Picture.Width, MatType.CV_8UC3, bytes);
        if (_blurPixels > 0)
            Cv2.GaussianBlur(mat, mat, new Size(9, 9), _blurPixels);
        if (_jpegQuality > 0)
        {
            Cv2.ImEncode(".jpg", mat, out var coded, new ImageEncodingParam(ImwriteFlags.JpegQuality, _jpegQuality));
            using var decoded = Cv2.ImDecode(coded, ImreadModes.Color);
            decoded.GetArray(out Vec3b[] pixels);
            return System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray();
        }

        mat.GetArray(out Vec3b[] blurred);
        return System.Runtime.InteropServices.MemoryMarshal.AsBytes(blurred.AsSpan()).ToArray();
    }

    // Exposure brings the picture's mean to the brightness that the camera aims at, white balance the means of its colours
    // nearer to each other; from then on both follow the picture slowly, or stay.
    private Vector3 Gain(float[] values)
    {
        const float Darkest = 0.2f;
        const float Most = 2;
        var sum = Vector3.Zero;
        for (var i = 0; i < values.Length; i += 3)
            sum += new Vector3(values[i], values[i + 1], values[i + 2]);
        var now = Vector3.Max(sum * 3 / values.Length, new Vector3(Darkest));
        var mean = _mean is { } before ? Vector3.Lerp(before, now, _adapts) : now;
        _mean = mean;
        var grey = (mean.X + mean.Y + mean.Z) / 3;
        var balanced = Vector3.Min(new Vector3(grey) / mean, new Vector3(Most));
        return _brightness / grey * Vector3.Lerp(Vector3.One, balanced, _whiteBalance);
    }

    private void AddNoise(Span<float> row)
    {
        if (_noise.Length > 0)
            TensorPrimitives.Add(row, _noise.AsSpan(_dice.Below(NoiseCount - row.Length), row.Length), row);
    }
}
