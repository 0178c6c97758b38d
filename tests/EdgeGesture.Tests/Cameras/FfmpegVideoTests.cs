using System.Diagnostics;
using EdgeGesture.Cameras;

namespace EdgeGesture.Tests.Cameras;

public sealed class FfmpegVideoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("-i clip with spaces.mp4")]
    public void Every_frame_of_a_video_comes_with_its_time(string name)
    {
        using var camera = CameraFactory.OpenFile(Video(name, "testsrc=size=176x100:rate=10:duration=3.7"));
        Assert.Equal("176×100 I420 at 10 fps", camera.Mode);
        for (var i = 0; i < 37; i++)
        {
            Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.Zero, out var frame));
            Assert.Equal(i / 10.0, frame!.Timestamp.TotalSeconds, tolerance: 1e-6);
        }

        Assert.Equal(ReadResult.End, camera.Read(TimeSpan.Zero, out _));
    }

    [Fact]
    public void A_large_video_comes_smaller()
    {
        using var camera = CameraFactory.OpenFile(Video("large.mp4", "testsrc=size=1280x720:rate=10:duration=0.2"));
        Assert.Equal("640×360 I420 at 10 fps", camera.Mode);
    }

    [Fact]
    public void A_file_that_is_no_video_is_refused_with_ffmpeg_s_reason()
    {
        SkipWithoutFfmpeg();
        var path = Path.Combine(_folder, "notes.mp4");
        File.WriteAllText(path, "not a video");
        var error = Assert.Throws<EdgeGestureException>(() => CameraFactory.OpenFile(path));
        Assert.Contains("ffmpeg cannot read the video", error.Message, StringComparison.Ordinal);
        Assert.Contains("Invalid data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_video_left_early_leaves_no_process()
    {
        var before = Children();
        using (var camera = CameraFactory.OpenFile(Video("long.mp4", "testsrc=size=320x240:rate=30:duration=20")))
        {
            camera.Read(TimeSpan.Zero, out _);
            Assert.True(Children() > before);
        }

        Assert.Equal(before, Children());
    }

    // Children of this process alone: other tests run ffmpeg, too. /proc/N/stat begins with: number (name) state parent.
    private static int Children() => Process.GetProcessesByName("ffmpeg")
        .Count(process => File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ')[1] == $"{Environment.ProcessId}");

    private static void SkipWithoutFfmpeg() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "ffmpeg"))), "ffmpeg is not installed.");

    private string Video(string name, string source)
    {
        SkipWithoutFfmpeg();
        var path = Path.Combine(_folder, name);
        using var ffmpeg = Process.Start("ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "file:" + path]);
        ffmpeg.WaitForExit();
        Assert.Equal(0, ffmpeg.ExitCode);
        return path;
    }
}
