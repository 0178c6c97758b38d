using EdgeGesture.Cameras;

namespace EdgeGesture.Service.Doctor;

/// <summary>The camera that the configuration names, and what its pictures need.</summary>
internal static class CameraChecks
{
    private const string TurboJpeg = "libturbojpeg.so.0";

    public static Finding Camera(Machine machine, CameraOptions options)
    {
        try
        {
            return Finding.Ok("camera", options.Source switch
            {
                "csi" => $"csi, through {PipeCommand.Csi(options, machine.ProgramPath).Program}",
                "jetson-csi" => $"jetson-csi, through {PipeCommand.JetsonCsi(options, machine.ProgramPath).Program}",
                var address when address.Contains("://", StringComparison.Ordinal) => $"a stream, through {PipeCommand.Stream(address, machine.ProgramPath).Program}",
                var path => Device(machine, path),
            });
        }
        catch (EdgeGestureException exception)
        {
            return Finding.Of("camera", Verdict.Fail, exception);
        }
    }

    /// <summary>Quick JPEG decoding; without it the processor works more.</summary>
    public static Finding Jpeg(Machine machine) => machine.HasLibrary(TurboJpeg)
        ? Finding.Ok("libturbojpeg", "installed")
        : new Finding("libturbojpeg", Verdict.Warn, "not installed: JPEG pictures of USB cameras cost more processor time and power", "sudo apt install libturbojpeg0");

    /// <summary>Opens what .y4m is not.</summary>
    public static Finding Ffmpeg(Machine machine)
    {
        try
        {
            return Finding.Ok("ffmpeg", PipeCommand.Stream("rtsp://", machine.ProgramPath).Program);
        }
        catch (EdgeGestureException)
        {
            return Finding.Ok("ffmpeg", "not installed; only streams and video files other than .y4m would need it (sudo apt install ffmpeg)");
        }
    }

    private static string Device(Machine machine, string source)
    {
        if (!source.StartsWith("/dev/", StringComparison.Ordinal) && source != "auto")
        {
            return File.Exists(source) ? $"the video {source}" : throw new EdgeGestureException($"There is no video {source}; set camera.source to a camera or another video.");
        }

        var cameras = machine.Cameras();
        var wanted = source == "auto" || !Path.Exists(source) ? source : File.ResolveLinkTarget(source, returnFinalTarget: true)?.FullName ?? source;
        var fitting = cameras.Where(camera => wanted == "auto" || camera.Path == wanted).ToList();
        return (fitting, cameras) switch
        {
            ([var one], _) => $"{one.Path} ({one.Card})",
            (_, []) => throw new EdgeGestureException("No camera was found; plug one in, or for the one on the ribbon cable set camera.source to csi (Raspberry Pi) or jetson-csi."),
            ([], _) => throw new EdgeGestureException($"There is no camera {source}; choose one of those that edgegesture cameras shows."),
            _ => throw new EdgeGestureException("There are several cameras; set camera.source to one of those that edgegesture cameras shows."),
        };
    }
}
