using System.Runtime.InteropServices;

namespace EdgeGesture.Cameras;

/// <summary>
/// The part of the kernel's video interface that a streaming camera needs: structures and calls of linux/videodev2.h
/// (Documentation/userspace-api/media/v4l) on 64-bit machines, where x86-64 and ARM lay them out alike.
/// </summary>
internal static unsafe partial class V4l2Native
{
    public const uint VideoCapture = 1; // V4L2_BUF_TYPE_VIDEO_CAPTURE
    public const uint Mmap = 1; // V4L2_MEMORY_MMAP
    public const uint CapabilityCapture = 0x1; // V4L2_CAP_VIDEO_CAPTURE
    public const uint CapabilityStreaming = 0x04000000; // V4L2_CAP_STREAMING
    public const uint CapabilityOfThisNode = 0x80000000; // V4L2_CAP_DEVICE_CAPS
    public const uint FlagError = 0x40; // V4L2_BUF_FLAG_ERROR
    public const uint ColourspaceJpeg = 7; // V4L2_COLORSPACE_JPEG
    public const uint Discrete = 1; // V4L2_FRMSIZE_TYPE_DISCRETE, V4L2_FRMIVAL_TYPE_DISCRETE
    public const uint FullRange = 1; // V4L2_QUANTIZATION_FULL_RANGE

    public const nuint QueryCapabilities = 0x80685600; // VIDIOC_QUERYCAP
    public const nuint EnumFormats = 0xC0405602; // VIDIOC_ENUM_FMT
    public const nuint SetFormat = 0xC0D05605; // VIDIOC_S_FMT
    public const nuint RequestBuffers = 0xC0145608; // VIDIOC_REQBUFS
    public const nuint QueryBuffer = 0xC0585609; // VIDIOC_QUERYBUF
    public const nuint Queue = 0xC058560F; // VIDIOC_QBUF
    public const nuint Dequeue = 0xC0585611; // VIDIOC_DQBUF
    public const nuint StreamOn = 0x40045612; // VIDIOC_STREAMON
    public const nuint StreamOff = 0x40045613; // VIDIOC_STREAMOFF
    public const nuint EnumFrameSizes = 0xC02C564A; // VIDIOC_ENUM_FRAMESIZES
    public const nuint EnumFrameIntervals = 0xC034564B; // VIDIOC_ENUM_FRAMEINTERVALS
    public const nuint SetParameters = 0xC0CC5616; // VIDIOC_S_PARM

    public const int NotPermitted = 1; // EPERM
    public const int Interrupted = 4; // EINTR
    public const int TryAgain = 11; // EAGAIN
    public const int AccessDenied = 13; // EACCES
    public const int Busy = 16; // EBUSY
    public const int NoSuchDevice = 19; // ENODEV

    private const int ReadWriteNonBlocking = 0x80802; // O_RDWR | O_NONBLOCK | O_CLOEXEC
    private const int ReadWritePages = 3; // PROT_READ | PROT_WRITE
    private const int SharedPages = 1; // MAP_SHARED

    /// <summary>Four letters as the kernel packs them (v4l2_fourcc).</summary>
    public static uint FourCc(ReadOnlySpan<byte> letters) => MemoryMarshal.Read<uint>(letters);

    public static int OpenDevice(string path) => Open(path, ReadWriteNonBlocking);

    /// <summary>One call, again where a signal interrupted it; 0, or −1 with the error in <paramref name="error"/>.</summary>
    public static int Control<T>(int device, nuint request, ref T argument, out int error)
        where T : unmanaged
    {
        int result;
        fixed (T* pointer = &argument)
        {
            do
            {
                result = Ioctl(device, request, pointer);
                error = result < 0 ? Marshal.GetLastPInvokeError() : 0;
            }
            while (error == Interrupted);
        }

        return result;
    }

    public static byte* Map(int device, nuint length, uint offset)
    {
        var address = MemoryMap(null, length, ReadWritePages, SharedPages, device, (nint)offset);
        return (nint)address == -1 ? null : (byte*)address;
    }

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int device);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(byte* address, nuint length);

    /// <summary>Waits until a descriptor is readable; the number of ready ones, 0 after the time, −1 on an error.</summary>
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int device, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MemoryMap(void* address, nuint length, int protection, int flags, int device, nint offset);

    /// <summary>struct pollfd.</summary>
    public struct PollEntry
    {
        public const short Readable = 1; // POLLIN

        public int Device;
        public short Asked;
        public short Happened;
    }

    /// <summary>struct v4l2_capability.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 104)]
    public struct Capability
    {
        public fixed byte Driver[16];
        public fixed byte Card[32];
        public fixed byte Bus[32];
        public uint Version;
        public uint OfDevice;
        public uint OfNode;
    }

    /// <summary>struct v4l2_fmtdesc.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct FormatDescription
    {
        public uint Index;
        public uint Type;
        public uint Flags;
        public fixed byte Description[32];
        public uint PixelFormat;
    }

    /// <summary>struct v4l2_frmsizeenum; a discrete size has only the first two of its sides.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 44)]
    public struct FrameSize
    {
        [FieldOffset(0)]
        public uint Index;

        [FieldOffset(4)]
        public uint PixelFormat;

        [FieldOffset(8)]
        public uint Type;

        [FieldOffset(12)]
        public uint Width;

        [FieldOffset(16)]
        public uint Height;

        [FieldOffset(16)]
        public uint MostWidth;

        [FieldOffset(20)]
        public uint StepWidth;

        [FieldOffset(24)]
        public uint LeastHeight;

        [FieldOffset(28)]
        public uint MostHeight;

        [FieldOffset(32)]
        public uint StepHeight;
    }

    /// <summary>struct v4l2_frmivalenum, in seconds; a discrete interval has only the first of them.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 52)]
    public struct FrameInterval
    {
        [FieldOffset(0)]
        public uint Index;

        [FieldOffset(4)]
        public uint PixelFormat;

        [FieldOffset(8)]
        public uint Width;

        [FieldOffset(12)]
        public uint Height;

        [FieldOffset(16)]
        public uint Type;

        [FieldOffset(20)]
        public uint Numerator;

        [FieldOffset(24)]
        public uint Denominator;

        [FieldOffset(28)]
        public uint MostNumerator;

        [FieldOffset(32)]
        public uint MostDenominator;
    }

    /// <summary>struct v4l2_format with struct v4l2_pix_format; the union begins at byte 8.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 208)]
    public struct Format
    {
        [FieldOffset(0)]
        public uint Type;

        [FieldOffset(8)]
        public uint Width;

        [FieldOffset(12)]
        public uint Height;

        [FieldOffset(16)]
        public uint PixelFormat;

        [FieldOffset(20)]
        public uint Field;

        [FieldOffset(24)]
        public uint BytesPerLine;

        [FieldOffset(28)]
        public uint SizeImage;

        [FieldOffset(32)]
        public uint Colourspace;

        [FieldOffset(48)]
        public uint Quantisation;
    }

    /// <summary>struct v4l2_streamparm with struct v4l2_captureparm.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 204)]
    public struct StreamParameters
    {
        [FieldOffset(0)]
        public uint Type;

        [FieldOffset(4)]
        public uint Capability;

        [FieldOffset(12)]
        public uint PeriodNumerator;

        [FieldOffset(16)]
        public uint PeriodDenominator;
    }

    /// <summary>struct v4l2_requestbuffers.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 20)]
    public struct BufferRequest
    {
        public uint Count;
        public uint Type;
        public uint Memory;
    }

    /// <summary>struct v4l2_buffer.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 88)]
    public struct Buffer
    {
        [FieldOffset(0)]
        public uint Index;

        [FieldOffset(4)]
        public uint Type;

        [FieldOffset(8)]
        public uint BytesUsed;

        [FieldOffset(12)]
        public uint Flags;

        [FieldOffset(24)]
        public long Seconds;

        [FieldOffset(32)]
        public long Microseconds;

        [FieldOffset(56)]
        public uint Sequence;

        [FieldOffset(60)]
        public uint Memory;

        [FieldOffset(64)]
        public uint Offset;

        [FieldOffset(72)]
        public uint Length;
    }
}
