using System.Runtime.InteropServices;

namespace EdgeGesture.Cameras;

/// <summary>A frame's picture, kept beyond its time.</summary>
public sealed unsafe class FrameCopy : IDisposable
{
    private readonly byte* _bytes;

    public FrameCopy(Frame frame)
    {
        var data = frame.Data;
        _bytes = (byte*)NativeMemory.Alloc((nuint)Math.Max(data.Length, 1));
        data.CopyTo(new Span<byte>(_bytes, data.Length));
        Frame.SetLayout(frame.Format, frame.Width, frame.Height, frame.StrideBytes, frame.FullRange);
        Frame.Fill(_bytes, data.Length, frame.Timestamp, frame.Sequence);
    }

    /// <summary>The copy; valid until this is disposed.</summary>
    public Frame Frame { get; } = new();

    public void Dispose() => NativeMemory.Free(_bytes);
}
