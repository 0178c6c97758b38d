using System.Runtime.InteropServices;
using EdgeGesture.Cameras;

namespace EdgeGesture.Tests.Support;

/// <summary>A frame that owns its bytes.</summary>
internal sealed unsafe class TestFrame : IDisposable
{
    private readonly byte* _bytes;
    private readonly int _length;

    public TestFrame(PixelFormat format, int width, int height, ReadOnlySpan<byte> bytes, int? strideBytes = null, bool fullRange = false)
    {
        _length = bytes.Length;
        _bytes = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(_bytes, bytes.Length));
        Frame.SetLayout(format, width, height, strideBytes ?? Frame.TightStrideBytes(format, width), fullRange);
        At(TimeSpan.Zero, 0);
    }

    public Frame Frame { get; } = new();

    /// <summary>A picture of random bytes.</summary>
    public static TestFrame Random(PixelFormat format, int width, int height, int seed, int padBytes = 0, bool fullRange = false)
    {
        var stride = Frame.TightStrideBytes(format, width) + padBytes;
        var bytes = new byte[Frame.LengthBytes(format, stride, height)];
        new Random(seed).NextBytes(bytes);
        return new TestFrame(format, width, height, bytes, stride, fullRange);
    }

    /// <summary>The same picture, taken at another time.</summary>
    public Frame At(TimeSpan timestamp, long sequence)
    {
        Frame.Fill(_bytes, _length, timestamp, sequence);
        return Frame;
    }

    public void Dispose() => NativeMemory.Free(_bytes);
}
