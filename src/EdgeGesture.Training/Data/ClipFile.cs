using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Data;

/// <summary>
/// A file of made clips, squeezed to the network's input and ready for training: a header of 16 bytes ("EGCLIPS1", then
/// the picture's side and the frame count as 32-bit numbers), then records of equal length. A record is the clip's
/// label, three bytes a frame (label, weight·255, phase), and the frames as S×S×3 RGB bytes.
/// </summary>
public sealed class ClipFile : IDisposable
{
    /// <summary>The ending of clip files' names.</summary>
    public const string Extension = ".clips";

    private const int HeaderBytes = 16;
    private static ReadOnlySpan<byte> Magic => "EGCLIPS1"u8;

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

    private long RecordBytes => 1 + ClipRenderer.FrameCount * (3L + FrameBytes);

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
            _stream.Write([target.Label, (byte)(target.Weight * 255), (byte)target.Phase]);
        _stream.Write(clip.Pixels);
        _stream.Flush();
    }

    public StoredClip Read(int index)
    {
        var record = new byte[RecordBytes];
        if (RandomAccess.Read(_stream.SafeFileHandle, record, HeaderBytes + index * RecordBytes) != record.Length)
            throw new TrainingException($"{_path} ends in the middle of clip {index}; make it anew with `edgegesture-train synth`.");
        var targets = new FrameTarget[ClipRenderer.FrameCount];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = new FrameTarget(record[1 + i * 3], record[2 + i * 3] / 255f, (Phase)record[3 + i * 3]);
        return new StoredClip(record[0], targets, record[(1 + targets.Length * 3)..]);
    }

    public void Dispose() => _stream.Dispose();
}
