using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeGesture.Cameras;

namespace EdgeGesture.Tests.Vision;

/// <summary>
/// A simulated room in front of a simulated sensor: texture, a hand, and all that is not motion, in the order in which
/// light goes: lamp, hand, exposure, gamma, noise.
/// </summary>
internal sealed unsafe class MotionGateScene : IDisposable
{
    public const int Width = 320;
    public const int Height = 240;

    private readonly byte* _bytes = (byte*)NativeMemory.Alloc(Width * Height * 3 / 2);
    private readonly float[] _room = new float[Width * Height]; // linear light, 0–1
    private readonly float[] _noise = new float[1 << 16];
    private readonly float[] _row = new float[Width];
    private readonly Random _random = new(5);
    private readonly Frame _frame = new();
    private long _sequence;

    public MotionGateScene()
    {
        // A wall that brightens to the right, furniture, a saturated window and a dark corner.
        for (var i = 0; i < _room.Length; i++)
        {
            var (x, y) = (i % Width, i / Width);
            var furniture = (x / 37 + y / 29) % 3 == 0 ? 0.5f : 1f;
            _room[i] = (0.15f + 0.3f * x / Width) * furniture;
            _room[i] = x > 260 && y < 60 ? 1.5f : x < 60 && y > 190 ? 0.01f : _room[i];
        }

        for (var i = 0; i < _noise.Length; i++)
        {
            _noise[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        new Span<byte>(_bytes, Width * Height * 3 / 2).Fill(128);
        _frame.SetLayout(PixelFormat.I420, Width, Height, Width, fullRange: true);
    }

    /// <summary>Standard deviation of a pixel, in levels of 255.</summary>
    public double NoiseLevels { get; set; } = 2;

    /// <summary>Gain at a time.</summary>
    public Func<double, double> Exposure { get; set; } = _ => 1;

    /// <summary>Light of the lamp at a time, as a factor.</summary>
    public Func<double, double> Lamp { get; set; } = _ => 1;

    /// <summary>A factor of the light at (time, x, y), for what is local and slow.</summary>
    public Func<double, int, int, double>? Shade { get; set; }

    /// <summary>Where the hand's middle is at a time; null for no hand.</summary>
    public Func<double, (double X, double Y)>? Hand { get; set; }

    public int HandSize { get; set; } = 40;

    /// <summary>The hand's brightness, as a factor of what is behind it.</summary>
    public double HandContrast { get; set; } = 1.6;

    /// <summary>From the first row to the last.</summary>
    public double ReadoutSeconds { get; set; } = 1 / 35.0;

    public Frame At(double seconds)
    {
        var hand = Hand?.Invoke(seconds) ?? (double.NaN, double.NaN);
        var exposure = Exposure(seconds);
        for (var y = 0; y < Height; y++)
        {
            var row = _row.AsSpan();
            var light = (float)(exposure * Lamp(seconds + y * ReadoutSeconds / Height));
            TensorPrimitives.Multiply(_room.AsSpan(y * Width, Width), light, row);
            if (Math.Abs(y - hand.Item2) * 2 < HandSize)
            {
                var (from, to) = ((int)Math.Clamp(hand.Item1 - HandSize / 2, 0, Width), (int)Math.Clamp(hand.Item1 + HandSize / 2, 0, Width));
                TensorPrimitives.Multiply(row[from..to], (float)HandContrast, row[from..to]);
            }

            for (var x = 0; Shade is not null && x < Width; x++)
            {
                row[x] *= (float)Shade(seconds, x, y);
            }

            TensorPrimitives.Min(row, 1, row);
            TensorPrimitives.Sqrt(row, row); // a gamma of 2
            TensorPrimitives.Multiply(row, 255, row);
            TensorPrimitives.MultiplyAdd(_noise.AsSpan(_random.Next(_noise.Length - Width), Width), (float)NoiseLevels, row, row);
            TensorPrimitives.ConvertSaturating<float, byte>(row, new Span<byte>(_bytes + y * Width, Width));
        }

        _frame.Fill(_bytes, Width * Height * 3 / 2, TimeSpan.FromSeconds(seconds), _sequence++);
        return _frame;
    }

    public void Dispose() => NativeMemory.Free(_bytes);
}
