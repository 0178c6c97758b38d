using System.Runtime.InteropServices;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Data;

/// <summary>
/// A file of made clips, squeezed to the network's input and ready for training: a header of 16 bytes ("EGCLIPS3", then
/// the picture's side and the frame count as 32-bit numbers), then records of equal length. A record is the clip's
/// label, then for each frame its label, weight·255 and phase (bytes), whether the hand's place is known (byte) and the
/// numbers of <see cref="HandSight"/> (float32), then the frames as S×S×3 RGB bytes.
/// </summary>
public sealed class ClipFile : IDisposable
{
    /// <summary>The ending of clip files' names.</summary>
    public const string Extension = ".clips";

    private const int HeaderBytes = 16;
    private const int TargetBytes = 4 + HandSight.Count * sizeof(float);
    private static ReadOnlySpan<byte> Magic => "EGCLIPS3"u8;

    private readonly FileStream _stream;
    private readonly string _path;

    private ClipFile(FileStream stream, string path, int size)
    {
        _stream = stream;
        _path = path;
        Size = size;
    }

    /// <summary>The pictures' side S, pixels.</summary>
    public int Size { get; }

    /// <summary>Complete clips in the file; a last one that was cut off does not count.</summary>
    public int Count => (int)((_stream.Length - HeaderBytes) / RecordBytes);

    private long RecordBytes => 1 + ClipRenderer.FrameCount * (TargetBytes + (long)FrameBytes);

    private int FrameBytes => Size * Size * 3;

    public static ClipFile Create(string path, int size)
    {
        var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        stream.Write(Magic);
        stream.Write(BitConverter.GetBytes(size));
        stream.Write(BitConverter.GetBytes(ClipRenderer.FrameCount));
        return new ClipFile(stream, path, size);
    }

    public static ClipFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[HeaderBytes];
        var complete = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes;
        if (!complete || !header.AsSpan(0, 8).SequenceEqual(Magic) || BitConverter.ToInt32(header, 12) != ClipRenderer.FrameCount)
        {
            stream.Dispose();
            throw new TrainingException($"{path} is not a file of {ClipRenderer.FrameCount}-frame clips; make it anew with `edgegesture-train synth`.");
        }

        return new ClipFile(stream, path, BitConverter.ToInt32(header, 8));
    }

    public void Append(StoredClip clip)
    {
        _stream.Seek(0, SeekOrigin.End);
        _stream.WriteByte(clip.Label);
        foreach (var target in clip.Targets)
        {
            _stream.Write([target.Label, (byte)(target.Weight * 255), (byte)target.Phase, (byte)(target.Sight is null ? 0 : 1)]);
            _stream.Write(MemoryMarshal.AsBytes(target.Sight is { } sight ? sight.Values : new float[HandSight.Count]));
        }

        _stream.Write(clip.Pixels);
        _stream.Flush();
    }

    /// <summary>What a clip shows, without reading all of it.</summary>
    public byte LabelOf(int index)
    {
        Span<byte> label = stackalloc byte[1];
        RandomAccess.Read(_stream.SafeFileHandle, label, HeaderBytes + index * RecordBytes);
        return label[0];
    }

    public StoredClip Read(int index) => ReadTargets(index) with { Pixels = ReadPixels(index, 0, ClipRenderer.FrameCount) };

    /// <summary>A clip without its pictures.</summary>
    public StoredClip ReadTargets(int index)
    {
        var bytes = ReadBytes(index, 0, 1 + ClipRenderer.FrameCount * TargetBytes);
        var targets = new FrameTarget[ClipRenderer.FrameCount];
        for (var i = 0; i < targets.Length; i++)
        {
            var target = bytes.AsSpan(1 + i * TargetBytes, TargetBytes);
            var sight = HandSight.FromArray(MemoryMarshal.Cast<byte, float>(target[4..]));
            targets[i] = new FrameTarget(target[0], target[1] / 255f, (Phase)target[2], target[3] == 1 ? sight : null);
        }

        return new StoredClip(bytes[0], targets, []);
    }

    /// <summary>The pictures of <paramref name="frames"/> frames of a clip, S×S×3 RGB bytes each.</summary>
    public byte[] ReadPixels(int index, int first, int frames) =>
        ReadBytes(index, 1 + ClipRenderer.FrameCount * TargetBytes + (long)first * FrameBytes, frames * FrameBytes);

    private byte[] ReadBytes(int index, long from, int count)
    {
        var bytes = new byte[count];
        if (RandomAccess.Read(_stream.SafeFileHandle, bytes, HeaderBytes + index * RecordBytes + from) != count)
            throw new TrainingException($"{_path} ends in the middle of clip {index}; make it anew with `edgegesture-train synth`.");
        return bytes;
    }

    public void Dispose() => _stream.Dispose();
}
