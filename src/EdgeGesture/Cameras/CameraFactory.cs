using System.IO.Compression;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Cameras;

/// <summary>Opens the camera or video that a name stands for.</summary>
public static class CameraFactory
{
    /// <summary>Opens a video for recognition of every frame, as fast as it goes.</summary>
    /// <param name="path">.y4m and .y4m.gz are read directly, everything else through ffmpeg.</param>
    /// <exception cref="EdgeGestureException">It is missing, may not be read, or is not a video.</exception>
    public static ICamera OpenFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new EdgeGestureException($"There is no video file {path}; check the name.");
        }

        if (!path.EndsWith(".y4m", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".y4m.gz", StringComparison.OrdinalIgnoreCase))
        {
            return new FfmpegVideo(path);
        }

        Stream stream = OpenRead(path);
        try
        {
            stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            return new Y4mCamera(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens what the configuration names; a live camera is supervised from then on.</summary>
    /// <param name="options">The configuration's section "camera".</param>
    /// <param name="cadenceFps">Frames a second that the network looks at.</param>
    /// <param name="clock">The clock that time passes on.</param>
    /// <param name="log">Where a camera's loss and return are reported.</param>
    /// <param name="isAwaited">Whether a live camera that is not there is waited for.</param>
    /// <exception cref="EdgeGestureException">It is not there and not awaited, or cannot be used.</exception>
    public static ICamera Open(CameraOptions options, double cadenceFps, TimeProvider clock, ILogger log, bool isAwaited = false) =>
        File.Exists(options.Source) && !options.Source.StartsWith("/dev/", StringComparison.Ordinal)
            ? new RealTimeCamera(() => OpenFile(options.Source), options.Loop)
            : new CameraSupervisor(framesPerSecond => OpenLive(AtRate(options, framesPerSecond), framesPerSecond ?? cadenceFps, clock, log), clock, log, isAwaited ? options.Source : null);

    private static FileStream OpenRead(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EdgeGestureException($"The video {path} cannot be opened ({error.Message.TrimEnd('.')}); check with ls -l whether this user may read it.", error);
        }
    }

    private static CameraOptions AtRate(CameraOptions options, double? framesPerSecond) =>
        framesPerSecond is { } rate ? options with { Fps = (int)Math.Ceiling(rate) } : options;

    private static string? ProgramPath => Environment.GetEnvironmentVariable("PATH");

    private static ICamera OpenLive(CameraOptions options, double cadenceFps, TimeProvider clock, ILogger log) => options.Source switch
    {
        var address when address.Contains("://", StringComparison.Ordinal) => new PipeCamera(PipeCommand.Stream(address, ProgramPath), clock, log),
        "csi" => new PipeCamera(PipeCommand.Csi(options, ProgramPath), clock, log),
        "jetson-csi" => new PipeCamera(PipeCommand.JetsonCsi(options, ProgramPath), clock, log),
        "auto" => new V4l2Camera(TheOnlyCamera(), options, cadenceFps),
        var path => new V4l2Camera(Existing(path), options, cadenceFps),
    };

    private static string Existing(string path) => Path.Exists(path)
        ? path
        : throw new EdgeGestureException($"There is no camera or video {path}; name a device such as /dev/video0 or a video file with --camera.");

    private static string TheOnlyCamera() => CameraDevices.List() switch
    {
        [var only] => only.Path,
        [] => throw new EdgeGestureException("No camera was found; plug one in, or name a device or a video file with --camera."),
        var several => throw new EdgeGestureException(
            $"There are several cameras, {string.Join(", ", several.Select(camera => $"{camera.StablePath ?? camera.Path} ({camera.Card})"))}; choose one with --camera."),
    };
}
