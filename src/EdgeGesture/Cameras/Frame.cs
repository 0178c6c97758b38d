namespace EdgeGesture.Cameras;

/// <summary>
/// One picture lent by a camera: the bytes stay the camera's and are valid until the next call of
/// <see cref="ICamera.Read"/> or the camera's disposal. A camera makes a few frames once and fills them again and
/// again, so that reading allocates nothing.
/// </summary>
/// <remarks>
/// Planes follow each other without a gap, each with <see cref="Height"/> (or half of it, rounded up) rows: in
/// <see cref="PixelFormat.I420"/> a chroma row takes half the luma stride, in <see cref="PixelFormat.Nv12"/> the whole.
/// </remarks>
public sealed unsafe class Frame
{
    private byte* _data;
    private int _length;

    public PixelFormat Format { get; private set; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>Bytes from the start of one row of the first plane to the next; 0 for <see cref="PixelFormat.Mjpeg"/>.</summary>
    public int StrideBytes { get; private set; }

    /// <summary>Whether luma uses 0–255 (JPEG) rather than 16–235 (BT.601 video).</summary>
    public bool FullRange { get; private set; }

    /// <summary>
    /// When the picture was taken. For a live camera: the system's monotonic clock (CLOCK_MONOTONIC), the clock of
    /// <see cref="System.Diagnostics.Stopwatch"/>; for a file: the time in the video.
    /// </summary>
    public TimeSpan Timestamp { get; private set; }

    /// <summary>The camera's count of frames, dropped ones included, from 0.</summary>
    public long Sequence { get; private set; }

    /// <summary>The picture's bytes.</summary>
    public ReadOnlySpan<byte> Data => new(_data, _length);

    /// <summary>Describes the pictures that this frame will hold.</summary>
    public void SetLayout(PixelFormat format, int width, int height, int strideBytes, bool fullRange)
    {
        Format = format;
        Width = width;
        Height = height;
        StrideBytes = strideBytes;
        FullRange = fullRange;
    }

    /// <summary>Points the frame at a new picture of its layout.</summary>
    public void Fill(byte* data, int lengthBytes, TimeSpan timestamp, long sequence)
    {
        _data = data;
        _length = lengthBytes;
        Timestamp = timestamp;
        Sequence = sequence;
    }

    /// <summary>Gives the picture another time and number.</summary>
    public void Restamp(TimeSpan timestamp, long sequence)
    {
        Timestamp = timestamp;
        Sequence = sequence;
    }

    /// <summary>Bytes of a whole picture in a format; throws for <see cref="PixelFormat.Mjpeg"/>, whose pictures differ.</summary>
    public static int LengthBytes(PixelFormat format, int strideBytes, int height) => format switch
    {
        PixelFormat.Yuyv or PixelFormat.Rgb24 => strideBytes * height,
        PixelFormat.Nv12 => strideBytes * (height + (height + 1) / 2),
        PixelFormat.I420 => strideBytes * height + 2 * ((strideBytes + 1) / 2) * ((height + 1) / 2),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A JPEG picture has no fixed length."),
    };

    /// <summary>Bytes of a row of the first plane when rows are not padded.</summary>
    public static int TightStrideBytes(PixelFormat format, int width) => format switch
    {
        PixelFormat.Yuyv => 2 * ((width + 1) / 2 * 2),
        PixelFormat.Rgb24 => 3 * width,
        PixelFormat.Mjpeg => 0,
        PixelFormat.Nv12 => (width + 1) / 2 * 2, // a chroma row holds whole U V pairs
        _ => width,
    };
}
