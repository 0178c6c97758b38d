namespace EdgeGesture.Cameras;

/// <summary>Finds this machine's V4L2 cameras.</summary>
public static class CameraDevices
{
    private const string StableFolder = "/dev/v4l/by-id";

    /// <summary>Every capture device.</summary>
    /// <exception cref="EdgeGestureException">There are video devices, but this user may not open any.</exception>
    public static IReadOnlyList<CameraDevice> List()
    {
        var cameras = new List<CameraDevice>();
        EdgeGestureException? denied = null;
        foreach (var path in Directory.EnumerateFiles("/dev", "video*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal))
        {
            try
            {
                using var device = new V4l2Device(path);
                if (device.IsCamera)
                {
                    cameras.Add(Describe(device));
                }
            }
            catch (EdgeGestureException exception)
            {
                denied = exception;
            }
        }

        return cameras.Count > 0 || denied is null ? cameras : throw denied;
    }

    private static CameraDevice Describe(V4l2Device device) => new(
        device.Path,
        StablePath(StableFolder, device.Path),
        device.Card,
        [.. V4l2Modes.List(device)],
        [.. V4l2Modes.Formats(device).Where(fourCc => V4l2Format.Find(fourCc) is null).Select(V4l2Format.Name)]);

    /// <summary>The link in a folder that leads to a device; null where none does.</summary>
    internal static string? StablePath(string folder, string device) => !Directory.Exists(folder)
        ? null
        : Directory.EnumerateFileSystemEntries(folder)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(link => File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName == device);
}
