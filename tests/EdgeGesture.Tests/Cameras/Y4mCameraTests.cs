using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using EdgeGesture.Cameras;

namespace EdgeGesture.Tests.Cameras;

public sealed class Y4mCameraTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_back() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 30], Gen.Int[0, 5], Gen.Int[1, 60]).Sample((width, height, frames, fps) =>
        {
            var length = Frame.LengthBytes(PixelFormat.I420, width, height);
            var pictures = Enumerable.Range(0, frames).Select(i => Picture(length, seed: i)).ToList();
            using var camera = Open(Video($"W{width} H{height} F{fps}:1 Ip C420jpeg", pictures));
            for (var i = 0; i < frames; i++)
            {
                Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.Zero, out var frame));
                Assert.Equal((width, height, PixelFormat.I420, (long)i), (frame!.Width, frame.Height, frame.Format, frame.Sequence));
                Assert.Equal((double)i / fps, frame.Timestamp.TotalSeconds, tolerance: 1e-6);
                Assert.True(frame.Data.SequenceEqual(pictures[i]));
            }

            Assert.Equal(ReadResult.End, camera.Read(TimeSpan.Zero, out _));
        });

    [Fact]
    public void Any_garbage_is_refused_in_words() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        // Half of the cases begin as a video would.
        byte[] start = bytes.Length % 2 == 0 ? [] : "YUV4MPEG2 "u8.ToArray();
        try
        {
            using var camera = Open([.. start, .. bytes]);
            ReadToEnd(camera);
        }
        catch (EdgeGestureException error)
        {
            Assert.Contains("clip.y4m", error.Message, StringComparison.Ordinal);
        }
    });

    [Theory]
    [InlineData("W4 H4 F10:1 C444", "C444")]
    [InlineData("W4 H4 F10:1 C420p10", "C420p10")]
    [InlineData("W4 H4 F10:1 It", "It")]
    [InlineData("W0 H4 F10:1", "W0 H4")]
    [InlineData("W4 H99999 F10:1", "H99999")]
    [InlineData("W4 H4", "a frame rate")]
    [InlineData("W4 H4 F10:0", "a frame rate")]
    public void A_kind_that_is_not_read_is_named(string parameters, string expected)
    {
        var error = Assert.Throws<EdgeGestureException>(() => Open(Video(parameters, [])));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("ffmpeg -i", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_video_that_ends_in_the_middle_of_a_frame_gives_the_whole_ones_and_says_so()
    {
        var video = Video("W4 H4 F10:1", [Picture(24, 0), Picture(24, 1)]);
        using var camera = Open(video[..^5]);
        Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.Zero, out _));
        var error = Assert.Throws<EdgeGestureException>(() => camera.Read(TimeSpan.Zero, out _));
        Assert.Contains("ends in the middle of frame 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_video_is_read_and_a_damaged_one_refused()
    {
        var path = Path.Combine(_folder, "clip.y4m.gz");
        using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            stream.Write(Video("W40 H30 F10:1 XCOLORRANGE=FULL", [.. Enumerable.Range(0, 20).Select(i => Picture(1800, i))]));
        }

        using (var camera = CameraFactory.OpenFile(path))
        {
            Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.Zero, out var frame));
            Assert.True(frame!.FullRange);
        }

        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length / 2, 200).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        using var damaged = CameraFactory.OpenFile(path);
        var error = Assert.Throws<EdgeGestureException>(() => ReadToEnd(damaged));
        Assert.Contains("clip.y4m.gz", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Once the program ended with a stack trace.</summary>
    [Fact]
    public void A_file_that_only_is_called_compressed_is_refused_in_words()
    {
        var path = Path.Combine(_folder, "clip.y4m.gz");
        File.WriteAllText(path, "not compressed");
        var error = Assert.Throws<EdgeGestureException>(() => CameraFactory.OpenFile(path));
        Assert.Contains("clip.y4m.gz cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_be_opened_is_named()
    {
        // Root may open every file; a socket nobody may.
        var path = Path.Combine(_folder, "clip.y4m");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        var error = Assert.Throws<EdgeGestureException>(() => CameraFactory.OpenFile(path));
        Assert.Contains("clip.y4m cannot be opened", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_allocates_nothing_per_frame()
    {
        using var camera = Open(Video("W40 H30 F10:1", [.. Enumerable.Range(0, 20).Select(i => Picture(1800, i))]));
        camera.Read(TimeSpan.Zero, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadToEnd(camera);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("/nowhere/clip.mp4", Assert.Throws<EdgeGestureException>(() => CameraFactory.OpenFile("/nowhere/clip.mp4")).Message, StringComparison.Ordinal);

    private static void ReadToEnd(ICamera camera)
    {
        while (camera.Read(TimeSpan.Zero, out _) == ReadResult.Frame)
        {
        }
    }

    private static Y4mCamera Open(byte[] video) => new(new MemoryStream(video), "clip.y4m");

    private static byte[] Picture(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Video(string parameters, IReadOnlyList<byte[]> pictures) =>
        [.. Encoding.ASCII.GetBytes($"YUV4MPEG2 {parameters}\n"), .. pictures.SelectMany(picture => "FRAME\n"u8.ToArray().Concat(picture))];
}
