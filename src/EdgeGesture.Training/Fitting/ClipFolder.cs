using System.Collections.Concurrent;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>Clip files of one or more folders as one pool. Files that are still being written count as far as they go.</summary>
public sealed class ClipFolder : IDisposable
{
    private readonly ConcurrentDictionary<string, ClipFile> _files = new();
    private readonly IReadOnlyList<string> _folders;
    private readonly HashSet<byte> _labels;
    private readonly bool _resizes;
    private List<(ClipFile File, int Index)> _clips = [];

    /// <param name="folders">Where the clip files lie.</param>
    /// <param name="labels">Only clips of these labels; all when empty.</param>
    /// <param name="size">The side in pixels that pictures are brought to; without it they must all have one.</param>
    public ClipFolder(IReadOnlyList<string> folders, IReadOnlyList<string>? labels = null, int? size = null)
    {
        _resizes = size is not null;
        Size = size ?? 0;
        _folders = folders;
        _labels = [.. (labels ?? []).Select(label => (byte)GestureBook.IndexOf(label))];
        Refresh();
        if (_clips.Count == 0)
            throw new TrainingException($"There are no clips in {string.Join(", ", folders)}; make some with `edgegesture-train synth --out FOLDER`.");
    }

    public int Count => _clips.Count;

    /// <summary>The pictures' side S, pixels.</summary>
    public int Size { get; private set; }

    /// <summary>Refuses clips that a model which takes pictures of <paramref name="size"/> pixels a side cannot be shown.</summary>
    /// <exception cref="TrainingException">They are of another size.</exception>
    public void MustFit(int size)
    {
        if (Size != size)
            throw new TrainingException($"The model takes pictures of {size} pixels a side, the clips in {string.Join(", ", _folders)} have {Size}; make them with `synth --size {size}` or `import --size {size}`.");
    }

    /// <summary>Looks for clips that came since.</summary>
    public void Refresh()
    {
        var clips = new List<(ClipFile, int)>();
        foreach (var path in _folders.SelectMany(folder => Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{ClipFile.Extension}").Order() : Enumerable.Empty<string>()))
        {
            var file = _files.GetOrAdd(path, ClipFile.Open);
            if (Size == 0)
                Size = file.Size;
            if (file.Size != Size && !_resizes)
                throw new TrainingException($"{path} holds pictures of {file.Size} pixels, the clips before it of {Size}; measure on one size at a time.");
            clips.AddRange(Enumerable.Range(0, file.Count).Where(index => _labels.Count == 0 || _labels.Contains(file.LabelOf(index))).Select(index => (file, index)));
        }

        _clips = clips;
    }

    public StoredClip Read(int index)
    {
        var clip = ReadTargets(index);
        return clip with { Pixels = ReadPixels(index, 0, clip.Targets.Count) };
    }

    /// <summary>A clip without its pictures.</summary>
    public StoredClip ReadTargets(int index) => _clips[index].File.ReadTargets(_clips[index].Index);

    /// <summary>The pictures of some of a clip's frames, S×S×3 RGB bytes each.</summary>
    public byte[] ReadPixels(int index, int first, int frames)
    {
        var (file, at) = _clips[index];
        return Resized(file.ReadPixels(at, first, frames), file.Size);
    }

    /// <summary>A random stretch of <paramref name="frames"/> frames of a random clip, as another camera might have seen it.</summary>
    public StoredClip Draw(Dice dice, int frames)
    {
        var index = dice.Below(Count);
        var clip = ReadTargets(index);
        var first = Start(clip, dice, frames);
        var pixels = ReadPixels(index, first, frames);
        Dithering.MayApply(pixels, Size, dice);
        var stretch = new StoredClip(clip.Label, CutOff.Targets(clip.Label, clip.Targets, first, frames), pixels);
        return Variation.Random(dice, Size, mayMirror: true).Of(stretch);
    }

    /// <summary>Random stretches of <paramref name="clips"/> clips as one batch.</summary>
    public Batch DrawBatch(Dice dice, int clips, int frames) =>
        Batch.Of([.. Enumerable.Range(0, clips).Select(_ => Draw(dice, frames))], Size);

    private byte[] Resized(byte[] pixels, int from)
    {
        if (from == Size)
            return pixels;
        var (frameBytes, resizedBytes) = (from * from * 3, Size * Size * 3);
        var resized = new byte[pixels.Length / frameBytes * resizedBytes];
        for (var t = 0; t < pixels.Length / frameBytes; t++)
            Squeezer.Resize(pixels.AsSpan(t * frameBytes, frameBytes).ToArray(), from, Size).CopyTo(resized, t * resizedBytes);
        return resized;
    }

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

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }
}
