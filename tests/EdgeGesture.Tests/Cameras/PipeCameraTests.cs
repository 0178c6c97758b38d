using System.Diagnostics;
using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests.Cameras;

/// <summary>Real child processes: shell scripts that stand in for the board's camera programs.</summary>
public sealed class PipeCameraTests : IDisposable
{
    private const int Width = 64;
    private const int Height = 48;
    private const int FrameBytes = Width * Height * 3 / 2;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30); // what another process needs on a busy machine

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly LogList _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Frames_come_whole_with_their_number_and_time()
    {
        using var camera = Open(Picture('A') + "read -r _ < gate\n" + Picture('B') + "sleep 60");
        using var gate = MakeGate();
        var before = TimeProvider.System.GetElapsedTime(0);
        Assert.Equal(ReadResult.Frame, camera.Read(Soon, out var frame));
        Assert.Equal((PixelFormat.I420, Width, Height, Width), (frame!.Format, frame.Width, frame.Height, frame.StrideBytes));
        Assert.Equal(FrameBytes, frame.Data.Length);
        Assert.Equal(-1, frame.Data.IndexOfAnyExcept((byte)'A'));
        Assert.Equal(0, frame.Sequence);
        Assert.InRange(frame.Timestamp, before - Soon, TimeProvider.System.GetElapsedTime(0));

        Assert.Equal(ReadResult.Timeout, camera.Read(TimeSpan.FromMilliseconds(1), out frame));
        Assert.Null(frame);
        gate.Write("go\n"u8);
        gate.Flush();
        Assert.Equal(ReadResult.Frame, camera.Read(Soon, out frame));
        Assert.Equal(-1, frame!.Data.IndexOfAnyExcept((byte)'B'));
        Assert.Equal(1, frame.Sequence);
    }

    [Fact]
    public void Only_the_newest_frame_is_lent()
    {
        using var camera = Open(Picture('A') + Picture('B') + Picture('C') + "touch written; sleep 60");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(_folder, "written")), Soon));
        Frame? frame = null;
        Assert.True(SpinWait.SpinUntil(() => camera.Read(TimeSpan.FromMilliseconds(10), out frame) == ReadResult.Frame && frame!.Sequence == 2, Soon));
        Assert.Equal(-1, frame!.Data.IndexOfAnyExcept((byte)'C'));
    }

    [Fact]
    public void A_program_s_death_in_the_middle_of_a_frame_is_told_in_its_words()
    {
        using var camera = Open(Picture('A') + "printf half; echo 'no cameras available.' >&2; exit 1");
        Assert.Equal(ReadResult.Frame, camera.Read(Soon, out _));
        var exception = Assert.Throws<EdgeGestureException>(() => camera.Read(Soon, out _));
        Assert.Equal("The program of the camera test ended (no cameras available); check its cable.", exception.Message);
        Assert.Contains("test: no cameras available.", _log.Lines);
    }

    [Fact]
    public void It_is_stopped_with_an_interrupt()
    {
        var camera = Open("trap 'touch stopped; exit 0' INT\n" + Picture('A') + "while :; do sleep 0.05; done");
        Assert.Equal(ReadResult.Frame, camera.Read(Soon, out _));
        camera.Dispose();
        Assert.True(File.Exists(Path.Combine(_folder, "stopped")));
    }

    [Fact]
    public void One_that_hangs_is_killed()
    {
        var camera = Open("trap '' INT\necho $$ > pid\n" + Picture('A') + "while :; do sleep 0.05; done");
        Assert.Equal(ReadResult.Frame, camera.Read(Soon, out _));
        var pid = File.ReadAllText(Path.Combine(_folder, "pid")).Trim();
        camera.Dispose();
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{pid}"), Soon));
    }

    [Fact]
    public void A_stream_comes_through_ffmpeg_with_the_seen_part_only()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        Assert.SkipUnless(PipeCommand.Find("ffmpeg", path) is not null, "ffmpeg is not installed.");
        var video = Path.Combine(_folder, "wide.y4m");
        var row = Enumerable.Range(0, 96).Select(x => (byte)(x is < 16 or >= 80 ? 235 : 90)).ToArray();
        File.WriteAllBytes(video, [.. "YUV4MPEG2 W96 H48 F10:1\nFRAME\n"u8, .. Enumerable.Repeat(row, 48).SelectMany(bytes => bytes), .. Enumerable.Repeat((byte)128, 96 * 24)]);
        using var camera = new PipeCamera(PipeCommand.Stream($"file://{video}", path), TimeProvider.System, _log);
        Assert.Equal(ReadResult.Frame, camera.Read(Soon, out var frame));
        Assert.Equal((640, 480), (frame!.Width, frame.Height));
        Assert.Equal(-1, frame.Data[..(640 * 480)].IndexOfAnyExceptInRange((byte)88, (byte)92));
        Assert.Throws<EdgeGestureException>(() => camera.Read(Soon, out _));
    }

    [Fact]
    public void The_presets_ask_for_raw_frames_without_padding()
    {
        var options = new CameraOptions { Width = 600, Height = 449, Fps = 25 };
        Script("rpicam-vid", "");
        var csi = PipeCommand.Csi(options, _folder);
        Assert.Equal(Path.Combine(_folder, "rpicam-vid"), csi.Program);
        Assert.Equal("-t 0 -n --codec yuv420 --flush --width 640 --height 450 --framerate 25 -o -", string.Join(' ', csi.Arguments));
        Assert.Equal((640, 450), (csi.Width, csi.Height));

        Script("gst-launch-1.0", "");
        var jetson = PipeCommand.JetsonCsi(options, _folder);
        Assert.Equal((640, 360), (jetson.Width, jetson.Height));
        Assert.Contains("video/x-raw,format=I420,width=640,height=360", jetson.Arguments);
    }

    [Fact]
    public void The_older_program_of_a_Pi_serves_too_and_without_either_it_is_said_what_to_install()
    {
        var exception = Assert.Throws<EdgeGestureException>(() => PipeCommand.Csi(new CameraOptions(), _folder));
        Assert.Contains("sudo apt install rpicam-apps-lite", exception.Message, StringComparison.Ordinal);
        Script("libcamera-vid", "");
        Assert.Equal(Path.Combine(_folder, "libcamera-vid"), PipeCommand.Csi(new CameraOptions(), _folder).Program);
    }

    private static string Picture(char letter) => $"head -c {FrameBytes} /dev/zero | tr '\\0' {letter}\n";

    private PipeCamera Open(string script)
    {
        if (script.Contains("gate", StringComparison.Ordinal))
        {
            using var mkfifo = Process.Start("mkfifo", [Path.Combine(_folder, "gate")]);
            mkfifo.WaitForExit();
        }

        return new(new PipeCommand("test", "/bin/sh", [Script("camera", script)], Width, Height, "check its cable"), TimeProvider.System, _log);
    }

    // Opened for both ways, as a FIFO's one end waits for the other.
    private FileStream MakeGate() => new(Path.Combine(_folder, "gate"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private string Script(string name, string body)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"cd {_folder}\n{body}\n");
        return path;
    }
}
