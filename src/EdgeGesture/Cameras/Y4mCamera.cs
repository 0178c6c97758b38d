using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeGesture.Cameras;

/// <summary>
/// Raw video in the YUV4MPEG2 format (yuv4mpeg(5) of mjpegtools): a line of parameters, then "FRAME" lines with the
/// planes behind each. Reads 4:2:0 with 8 bits from any stream; allocates nothing per frame.
/// </summary>
public sealed unsafe class Y4mCamera : ICamera
{
    private const int LongestLine = 1024;
    private const int LargestSide = 8192;
    private const string Signature = "YUV4MPEG2";

    private readonly Stream _stream;
    private readonly Frame _frame = new();
    private readonly byte[] _line = new byte[LongestLine];
    private readonly byte* _picture;
    private readonly int _pictureBytes;
    private readonly double _framesPerSecond;
    private long _sequence;

    /// <param name="stream">The video; disposed with this.</param>
    /// <param name="name">The file, for errors and logs.</param>
    /// <exception cref="EdgeGestureException">The stream does not begin as a video that this reads.</exception>
    public Y4mCamera(Stream stream, string name)
    {
        _stream = stream;
        Name = name;
        var (width, height, rate, fullRange) = ReadHeader();
        _framesPerSecond = rate;
        _frame.SetLayout(PixelFormat.I420, width, height, width, fullRange);
        _pictureBytes = Frame.LengthBytes(PixelFormat.I420, width, height);
        _picture = (byte*)NativeMemory.Alloc((nuint)_pictureBytes);
        Mode = string.Create(CultureInfo.InvariantCulture, $"{width}×{height} I420 at {rate:0.##} fps");
    }

    public string Name { get; }

    public string Mode { get; }

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        try
        {
            return ReadNext(out frame);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw Unreadable(exception);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        NativeMemory.Free(_picture);
    }

    private ReadResult ReadNext(out Frame? frame)
    {
        frame = null;
        var length = ReadLine();
        if (length < 0)
        {
            return ReadResult.End;
        }

        if (!_line.AsSpan(0, length).StartsWith("FRAME"u8))
        {
            throw new EdgeGestureException($"The video {Name} is damaged at frame {_sequence}: no FRAME line where one must be; make the file again.");
        }

        var read = _stream.ReadAtLeast(new Span<byte>(_picture, _pictureBytes), _pictureBytes, throwOnEndOfStream: false);
        if (read < _pictureBytes)
        {
            throw Truncated();
        }

        _frame.Fill(_picture, _pictureBytes, TimeSpan.FromSeconds(_sequence / _framesPerSecond), _sequence);
        _sequence++;
        frame = _frame;
        return ReadResult.Frame;
    }

    private (int Width, int Height, double FramesPerSecond, bool FullRange) ReadHeader()
    {
        try
        {
            return ParseHeader();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw Unreadable(exception);
        }
    }

    private (int Width, int Height, double FramesPerSecond, bool FullRange) ParseHeader()
    {
        var length = ReadLine();
        var words = length < 0 ? [] : Encoding.ASCII.GetString(_line, 0, length).Split(' ');
        if (words.Length == 0 || words[0] != Signature)
        {
            throw new EdgeGestureException($"The file {Name} is not a YUV4MPEG2 video (it does not begin with {Signature}); make one with: ffmpeg -i VIDEO -pix_fmt yuv420p OUT.y4m.");
        }

        var (width, height, rate, fullRange) = (0, 0, 0.0, false);
        foreach (var word in words.Skip(1).Where(word => word.Length > 0))
        {
            var value = word[1..];
            switch (word[0])
            {
                case 'W':
                    width = Side(value);
                    break;
                case 'H':
                    height = Side(value);
                    break;
                case 'F':
                    rate = Rate(value);
                    break;
                case 'I' when value is not ("p" or "?"):
                    throw Unsupported(word, "progressive pictures (Ip)");
                case 'C' when value is not ("420" or "420jpeg" or "420paldv" or "420mpeg2"):
                    throw Unsupported(word, "4:2:0 with 8 bits (C420)");
                case 'X':
                    fullRange |= value == "COLORRANGE=FULL";
                    break;
                default:
                    break;
            }
        }

        return width > 0 && height > 0 && rate > 0
            ? (width, height, rate, fullRange)
            : throw Unsupported(string.Join(' ', words), $"a width and height up to {LargestSide} (W, H) and a frame rate (F30:1)");
    }

    private static int Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side <= LargestSide ? side : 0;

    private static double Rate(string text) =>
        text.Split(':') is [var numerator, var denominator]
        && int.TryParse(numerator, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && int.TryParse(denominator, NumberStyles.None, CultureInfo.InvariantCulture, out var d) && d > 0
            ? (double)n / d
            : 0;

    // The line's length without its end, or −1 where the stream has ended.
    private int ReadLine()
    {
        for (var length = 0; length < LongestLine; length++)
        {
            var next = _stream.ReadByte();
            if (next == '\n')
            {
                return length;
            }

            if (next < 0)
            {
                return length == 0 ? -1 : throw Truncated();
            }

            _line[length] = (byte)next;
        }

        throw new EdgeGestureException($"The file {Name} is not a YUV4MPEG2 video (a line of over {LongestLine} bytes); make one with: ffmpeg -i VIDEO -pix_fmt yuv420p OUT.y4m.");
    }

    private EdgeGestureException Unreadable(Exception exception) =>
        new($"The video {Name} cannot be read beyond frame {_sequence} ({exception.Message.TrimEnd('.')}); copy it again.", exception);

    private EdgeGestureException Truncated() =>
        new($"The video {Name} ends in the middle of frame {_sequence}; it was not copied or recorded to its end.");

    private EdgeGestureException Unsupported(string found, string needed) =>
        new($"The video {Name} has \"{found}\", where {needed} is needed; convert it with: ffmpeg -i VIDEO -pix_fmt yuv420p OUT.y4m.");
}
