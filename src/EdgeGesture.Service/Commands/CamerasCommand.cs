using System.CommandLine;
using EdgeGesture.Cameras;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture cameras</c>: what there is to look through.</summary>
internal static class CamerasCommand
{
    public static Command Create()
    {
        var command = new Command("cameras", "Lists the cameras of this machine with their formats, sizes and rates.");
        command.SetAction(_ =>
        {
            var cameras = CameraDevices.List();
            Console.WriteLine(cameras.Count == 0
                ? "No V4L2 camera was found; plug one in. (Cameras on a ribbon cable are named csi or jetson-csi.)"
                : string.Join('\n', cameras.SelectMany(Describe)));
            return 0;
        });
        return command;
    }

    /// <summary>A camera's lines: its names, then what it offers, the rates of a size in one line.</summary>
    internal static IEnumerable<string> Describe(CameraDevice camera)
    {
        yield return $"{camera.Path}  {camera.Card}";
        if (camera.StablePath is not null)
        {
            yield return $"  always the same one: {camera.StablePath}";
        }

        foreach (var size in camera.Modes.GroupBy(mode => (mode.Format, mode.Width, mode.Height)))
        {
            var (format, width, height) = size.Key;
            var rates = string.Join(", ", size.Select(mode => mode.Fps).OfType<ModeRange>().OrderByDescending(rate => rate.Most));
            yield return $"  {format.ToString().ToUpperInvariant(),-5}  {width}×{height}{(rates.Length > 0 ? $" at {rates} fps" : "")}";
        }

        if (camera.OtherFormats.Count > 0)
        {
            yield return $"  not used: {string.Join(", ", camera.OtherFormats)}";
        }
    }
}
