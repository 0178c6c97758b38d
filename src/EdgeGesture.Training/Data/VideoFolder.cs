using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Training.Synthesis;
using EdgeGesture.Vision;

namespace EdgeGesture.Training.Data;

/// <summary>
/// A user's own videos, as <c>LABEL/clip.mp4</c> or listed in a <c>manifest.csv</c> with the columns path,label. They are
/// read by the device's own camera, pace and preprocessing, so that training sees what the device will.
/// </summary>
public static class VideoFolder
{
    private const string Manifest = "manifest.csv";

    /// <summary>
    /// Writes every video to a clip file. Nobody says when in a video the gesture happens: its middle teaches the label,
    /// its ends nothing; a video of a background label teaches from the first to the last frame. Without any there is no file.
    /// </summary>
    /// <returns>How many videos were taken, and how many could not be read.</returns>
    public static (int Taken, int Broken) Import(string folder, string clipFile, int size)
    {
        var videos = List(folder);
        var taken = 0;
        WholeFile.Write(clipFile, beside =>
        {
            taken = Write(videos, beside, size);
            if (taken == 0)
                throw new TrainingException($"None of the {videos.Count} videos in {folder} could be read; play one with `ffmpeg -i` to see why.");
        });
        return (taken, videos.Count - taken);
    }

    // Says how many could be read.
    private static int Write(List<(string Path, byte Label)> videos, string clipFile, int size)
    {
        var taken = 0;
        using var file = ClipFile.Create(clipFile, size);
        foreach (var (path, label) in videos)
        {
            try
            {
                file.Append(Read(path, label, size));
                taken++;
            }
            catch (EdgeGestureException error)
            {
                Console.Error.WriteLine($"skipped {path}: {error.Message}");
            }
        }

        return taken;
    }

    private static StoredClip Read(string path, byte label, int size)
    {
        var model = new ModelMetadata
        {
            Labels = JesterVocabulary.Labels,
            Size = size,
            Mean = [0.5f, 0.5f, 0.5f],
            Std = [0.5f, 0.5f, 0.5f],
            CadenceFps = ClipRenderer.CadenceFps,
            Thresholds = new Dictionary<string, float>(),
            Background = JesterVocabulary.Background,
            Version = "",
            Licence = "",
        };
        var preprocessor = new Preprocessor(model);
        var pace = new Pace(ClipRenderer.CadenceFps);
        var input = new float[3 * size * size];
        var frames = new List<byte[]>();
        using var camera = CameraFactory.OpenFile(path);
        while (camera.Read(TimeSpan.FromSeconds(10), out var frame) == ReadResult.Frame)
        {
            if (!pace.IsDue(frame!.Timestamp))
                continue;
            preprocessor.Run(frame, input);
            frames.Add(Pixels(input, size));
        }

        if (frames.Count < 4)
            throw new EdgeGestureException($"it has {frames.Count} frames at {ClipRenderer.CadenceFps} a second; a gesture needs four at least.");
        return Fit(frames, label);
    }

    // The middle of a long video, a short one with its last picture held.
    private static StoredClip Fit(List<byte[]> frames, byte label)
    {
        var first = Math.Max((frames.Count - ClipRenderer.FrameCount) / 2, 0);
        var background = GestureBook.IsBackground(label);
        var targets = new FrameTarget[ClipRenderer.FrameCount];
        var pixels = new List<byte>();
        for (var i = 0; i < ClipRenderer.FrameCount; i++)
        {
            var at = Math.Min(first + i, frames.Count - 1);
            var part = (float)at / frames.Count;
            var teaches = first + i < frames.Count && (background || part is > 0.4f and < 0.8f);
            targets[i] = new FrameTarget(label, teaches ? 1 : 0, background ? Phase.Background : Phase.Stroke);
            pixels.AddRange(frames[at]);
        }

        return new StoredClip(label, targets, [.. pixels]);
    }

    private static byte[] Pixels(float[] planes, int size)
    {
        var bytes = new byte[planes.Length];
        for (var i = 0; i < size * size; i++)
        {
            for (var c = 0; c < 3; c++)
                bytes[i * 3 + c] = (byte)Math.Clamp((planes[c * size * size + i] + 1) * 127.5f + 0.5f, 0, 255);
        }

        return bytes;
    }

    private static List<(string Path, byte Label)> List(string folder)
    {
        var manifest = Path.Combine(folder, Manifest);
        var videos = new List<(string, byte)>();
        if (File.Exists(manifest))
        {
            foreach (var line in File.ReadLines(manifest).Skip(1).Where(line => line.Length > 0))
            {
                var comma = line.LastIndexOf(',');
                if (comma < 0)
                    throw new TrainingException($"{manifest} has the line \"{line}\", where path,label is needed.");
                videos.Add((Path.Combine(folder, line[..comma]), IndexOf(line[(comma + 1)..].Trim('"'), manifest)));
            }
        }
        else if (Directory.Exists(folder))
        {
            foreach (var labelFolder in Directory.GetDirectories(folder).Order())
                videos.AddRange(Directory.GetFiles(labelFolder).Order().Select(file => (file, IndexOf(Path.GetFileName(labelFolder), folder))));
        }

        if (videos.Count == 0)
            throw new TrainingException($"There are no videos in {folder}; --videos takes a folder of LABEL/clip.mp4, or one with a {Manifest}.");
        return videos;
    }

    private static byte IndexOf(string label, string where)
    {
        var index = GestureBook.IndexOf(label);
        if (index < 0)
            throw new TrainingException($"{where} names the label \"{label}\", which is none of: {string.Join(", ", JesterVocabulary.Labels)}.");
        return (byte)index;
    }
}
