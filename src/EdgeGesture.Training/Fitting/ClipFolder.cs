using System.Collections.Concurrent;
using EdgeGesture.Models;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>Clip files of one or more folders as one pool. Files that are still being written count as far as they go.</summary>
public sealed class ClipFolder : IDisposable
{
    private readonly ConcurrentDictionary<string, ClipFile> _files = new();
    private readonly IReadOnlyList<string> _folders;
    private readonly HashSet<byte> _labels;
    private List<(ClipFile File, int Index)> _clips = [];

    /// <param name="folders">Where the clip files lie.</param>
    /// <param name="labels">Only clips of these labels; all when empty.</param>
    public ClipFolder(IReadOnlyList<string> folders, IReadOnlyList<string>? labels = null)
    {
        _folders = folders;
        _labels = [.. (labels ?? []).Select(label => (byte)JesterVocabulary.Labels.ToList().IndexOf(label))];
        Refresh();
        if (_clips.Count == 0)
            throw new TrainingException($"There are no clips in {string.Join(", ", folders)}; make some with `edgegesture-train synth --out FOLDER`.");
    }

    public int Count => _clips.Count;

    /// <summary>The pictures' side S, pixels.</summary>
    public int Size { get; private set; }

    /// <summary>Looks for clips that came since.</summary>
    public void Refresh()
    {
        var clips = new List<(ClipFile, int)>();
        foreach (var path in _folders.SelectMany(folder => Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{ClipFile.Extension}").Order() : Enumerable.Empty<string>()))
        {
            var file = _files.GetOrAdd(path, ClipFile.Open);
            if (Size == 0)
                Size = file.Size;
            if (file.Size != Size)
                throw new TrainingException($"{path} holds pictures of {file.Size} pixels, the clips before it of {Size}; train on one size at a time.");
            clips.AddRange(Enumerable.Range(0, file.Count).Where(index => _labels.Count == 0 || _labels.Contains(file.LabelOf(index))).Select(index => (file, index)));
        }

        _clips = clips;
    }

    public StoredClip Read(int index) => _clips[index].File.Read(_clips[index].Index);

    /// <summary>
    /// A random stretch of <paramref name="frames"/> frames of a random clip, as another camera might have seen it:
    /// mirrored, moved a little, brighter or darker.
    /// </summary>
    public StoredClip Draw(Dice dice, int frames)
    {
        var whole = Read(dice.Below(Count));
        var clip = Stretch(whole, Start(whole, dice, frames), frames);
        var mirrored = dice.Chance(0.5f);
        var (right, down) = (dice.Below(13) - 6, dice.Below(13) - 6);
        var curves = new byte[3][];
        var (gain, lift) = (dice.Between(0.8f, 1.2f), dice.Between(-20, 20));
        for (var c = 0; c < 3; c++)
        {
            var own = gain * dice.Between(0.93f, 1.07f);
            curves[c] = [.. Enumerable.Range(0, 256).Select(v => (byte)Math.Clamp((v - 128) * own + 128 + lift, 0, 255))];
        }

        var pixels = new byte[clip.Pixels.Length];
        var rowBytes = Size * 3;
        for (var row = 0; row < pixels.Length / rowBytes; row++)
        {
            var y = Math.Clamp(row % Size + down, 0, Size - 1);
            var from = (row / Size * Size + y) * rowBytes;
            for (var x = 0; x < Size; x++)
            {
                var source = Math.Clamp((mirrored ? Size - 1 - x : x) + right, 0, Size - 1) * 3 + from;
                var to = row * rowBytes + x * 3;
                pixels[to] = curves[0][clip.Pixels[source]];
                pixels[to + 1] = curves[1][clip.Pixels[source + 1]];
                pixels[to + 2] = curves[2][clip.Pixels[source + 2]];
            }
        }

        return mirrored
            ? new StoredClip(GestureBook.MirroredIndex(clip.Label), [.. clip.Targets.Select(target => target.Mirrored())], pixels)
            : clip with { Pixels = pixels };
    }

    /// <summary>Random stretches of <paramref name="clips"/> clips as one batch.</summary>
    public Batch DrawBatch(Dice dice, int clips, int frames) =>
        Batch.Of([.. Enumerable.Range(0, clips).Select(_ => Draw(dice, frames))], Size);

    // Two of three stretches of a gesture clip hold frames of the gesture near their end, which teach the most.
    private static int Start(StoredClip clip, Dice dice, int frames)
    {
        const int NearEnd = 5;
        var last = clip.Targets.Count - frames;
        var gesture = Enumerable.Range(0, clip.Targets.Count).Where(t => clip.Targets[t].Label == clip.Label && clip.Targets[t].Weight > 0).ToList();
        return gesture.Count is 0 || gesture.Count == clip.Targets.Count || dice.Chance(0.33f)
            ? dice.Below(last + 1)
            : Math.Clamp(dice.Pick(gesture) - frames + 1 + dice.Below(NearEnd), 0, last);
    }

    // In a stretch that begins within a gesture, nobody can tell it before some of it has been seen.
    private StoredClip Stretch(StoredClip clip, int first, int frames)
    {
        const int UnclearFrames = 3;
        var targets = clip.Targets.Skip(first).Take(frames).ToArray();
        var within = first > 0 && targets[0].Phase is Phase.Stroke or Phase.Aftermath;
        for (var i = 0; within && i < Math.Min(UnclearFrames, frames); i++)
            targets[i] = targets[i] with { Weight = 0 };
        var frameBytes = Size * Size * 3;
        return new StoredClip(clip.Label, targets, clip.Pixels[(first * frameBytes)..((first + frames) * frameBytes)]);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }
}
