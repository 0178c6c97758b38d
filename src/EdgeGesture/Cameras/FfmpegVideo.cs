using System.ComponentModel;
using System.Diagnostics;

namespace EdgeGesture.Cameras;

/// <summary>
/// Any video that the <c>ffmpeg</c> program reads: it decodes in a process of its own and hands over raw frames through
/// a pipe. Pictures wider than 640 pixels are made smaller there, as no network here looks at more.
/// </summary>
public sealed class FfmpegVideo : ICamera
{
    private const int WidestPixels = 640;

    private readonly Process _ffmpeg;
    private readonly Y4mCamera _frames;
    private volatile string? _complaint;

    /// <param name="source">The file.</param>
    /// <exception cref="EdgeGestureException">There is no ffmpeg, or it cannot read the video.</exception>
    public FfmpegVideo(string source)
    {
        Name = source;
        _ffmpeg = Start("file:" + Path.GetFullPath(source));
        _ffmpeg.ErrorDataReceived += (_, line) => _complaint = string.IsNullOrWhiteSpace(line.Data) ? _complaint : line.Data;
        _ffmpeg.BeginErrorReadLine();
        try
        {
            _frames = new Y4mCamera(new BufferedStream(_ffmpeg.StandardOutput.BaseStream, 1 << 16), source);
        }
        catch (EdgeGestureException) when (Complaint() is { } complaint)
        {
            Dispose();
            throw new EdgeGestureException($"ffmpeg cannot read the video {source} ({complaint}); check that it is a whole video file.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public string Mode => _frames.Mode;

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        var result = _frames.Read(timeout, out frame);
        if (result == ReadResult.End && Complaint() is { } complaint)
        {
            throw new EdgeGestureException($"ffmpeg stopped in the middle of the video {Name} ({complaint}); it was not copied or recorded to its end.");
        }

        return result;
    }

    public void Dispose()
    {
        // Null when the constructor failed.
        _frames?.Dispose();
        try
        {
            _ffmpeg.Kill();
            _ffmpeg.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        _ffmpeg.StandardOutput.Dispose(); // which the process leaves to who has read it
        _ffmpeg.Dispose();
    }

    private static Process Start(string input)
    {
        var start = new ProcessStartInfo("ffmpeg")
        {
            ArgumentList =
            {
                "-nostdin", "-v", "error", "-i", input, "-map", "0:v:0", "-vf", $"scale=w='min(iw,{WidestPixels})':h=-2",
                "-fps_mode", "cfr", "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", "pipe:1",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new EdgeGestureException(
                $"Reading {input} needs the program ffmpeg, which is not installed; install it with: sudo apt install ffmpeg.", exception);
        }
    }

    // What ffmpeg said last, once it has ended; null where it had nothing to say.
    private string? Complaint()
    {
        _ffmpeg.WaitForExit();
        return _complaint?.Trim().TrimEnd('.');
    }
}
