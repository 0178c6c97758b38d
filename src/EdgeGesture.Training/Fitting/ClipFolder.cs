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

    /// <summary>A random stretch of <paramref name="frames"/> frames of a random clip, as another camera might have seen it.</summary>
    public StoredClip Draw(Dice dice, int frames)
    {
        var whole = Read(dice.Below(Count));
        return Variation.Random(dice, Size).Of(Stretch(whole, Start(whole, dice, frames), frames));
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

    // In a stretch that begins within a gesture, nobody can tell it before some of it has been seen, and never if it is a
    // single motion of which too little is left.
    private StoredClip Stretch(StoredClip clip, int first, int frames)
    {
        const int UnclearFrames = 3;
        var targets = clip.Targets.Skip(first).Take(frames).ToArray();
        var within = first > 0 && targets[0].Phase is Phase.Stroke or Phase.Aftermath;
        var unclear = within && targets[0].Weight > 0 && GestureBook.IsSingleMotion(clip.Label) ? frames : UnclearFrames;
        for (var i = 0; within && i < Math.Min(unclear, frames) && targets[i].Phase is Phase.Stroke or Phase.Aftermath; i++)
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
