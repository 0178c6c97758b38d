using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeGesture.Cameras;

namespace EdgeGesture.Tests.Cameras;

/// <summary>The kernel's sizes on 64-bit machines; each is also part of its request's number.</summary>
public class V4l2AbiTests
{
    [Fact]
    public void Structures_are_as_large_as_the_kernel_s()
    {
        Check<V4l2Native.Capability>(104, V4l2Native.QueryCapabilities);
        Check<V4l2Native.FormatDescription>(64, V4l2Native.EnumFormats);
        Check<V4l2Native.FrameSize>(44, V4l2Native.EnumFrameSizes);
        Check<V4l2Native.FrameInterval>(52, V4l2Native.EnumFrameIntervals);
        Check<V4l2Native.Format>(208, V4l2Native.SetFormat);
        Check<V4l2Native.StreamParameters>(204, V4l2Native.SetParameters);
        Check<V4l2Native.BufferRequest>(20, V4l2Native.RequestBuffers);
        Check<V4l2Native.Buffer>(88, V4l2Native.QueryBuffer, V4l2Native.Queue, V4l2Native.Dequeue);
        Check<int>(4, V4l2Native.StreamOn, V4l2Native.StreamOff);
    }

    [Fact]
    public void Fields_lie_where_the_kernel_has_them()
    {
        Assert.Equal(44, Marshal.OffsetOf<V4l2Native.FormatDescription>(nameof(V4l2Native.FormatDescription.PixelFormat)));
        Assert.Equal(24, Marshal.OffsetOf<V4l2Native.Format>(nameof(V4l2Native.Format.BytesPerLine)));
        Assert.Equal(24, Marshal.OffsetOf<V4l2Native.Buffer>(nameof(V4l2Native.Buffer.Seconds)));
        Assert.Equal(64, Marshal.OffsetOf<V4l2Native.Buffer>(nameof(V4l2Native.Buffer.Offset)));
        Assert.Equal(84, Marshal.OffsetOf<V4l2Native.Capability>(nameof(V4l2Native.Capability.OfDevice)));
    }

    private static void Check<T>(int bytes, params nuint[] requests)
    {
        Assert.Equal(bytes, Unsafe.SizeOf<T>());
        Assert.All(requests, request => Assert.Equal((nuint)bytes, (request >> 16) & 0x3FFF));
    }
}
