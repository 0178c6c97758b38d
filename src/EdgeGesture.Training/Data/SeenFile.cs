using System.IO.Compression;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Data;

/// <summary>
/// A file of clips as a network's looks saw them, in the zlib format (RFC 1950): "EGSEEN01", the 32 bytes that tell the looks,
/// the number of clips (32 bits), then records of equal length. A record is the clip's label, then for each frame its label,
/// weight·255 and phase (bytes) and the 41 numbers (float16).
/// </summary>
internal static class SeenFile
{
    private static ReadOnlySpan<byte> Magic => "EGSEEN01"u8;

    /// <param name="path">The file to write.</param>
    /// <param name="looks">32 bytes that tell the looks that saw the clips from others.</param>
    /// <param name="clips">What they saw.</param>
    public static void Write(string path, ReadOnlySpan<byte> looks, IReadOnlyList<SeenClip> clips)
    {
        var header = looks.ToArray();
        WholeFile.Write(path, beside =>
        {
            using var writer = new BinaryWriter(new ZLibStream(File.Create(beside), CompressionLevel.SmallestSize));
            writer.Write(Magic);
            writer.Write(header);
            writer.Write(clips.Count);
            foreach (var clip in clips)
            {
                writer.Write(clip.Label);
                foreach (var target in clip.Targets)
                    writer.Write([target.Label, (byte)(target.Weight * 255), (byte)target.Phase]);
                foreach (var number in clip.Numbers)
                    writer.Write((Half)number);
            }
        });
    }

    /// <exception cref="TrainingException">There is no such file, other looks saw its clips, or it is not complete.</exception>
    public static List<SeenClip> Read(string path, ReadOnlySpan<byte> looks)
    {
        if (!File.Exists(path))
            throw new TrainingException($"There is no file {path}; `edgegesture-train see` makes one.");
        try
        {
            using var reader = new BinaryReader(new ZLibStream(File.OpenRead(path), CompressionMode.Decompress));
            var header = new byte[Magic.Length + looks.Length];
            reader.BaseStream.ReadExactly(header);
            if (!header.AsSpan(0, Magic.Length).SequenceEqual(Magic))
                throw new InvalidDataException("its first bytes are others");
            if (!header.AsSpan(Magic.Length).SequenceEqual(looks))
                throw new TrainingException($"{path} is what other looks than this network's saw; take the file that came with the model, or make one with `edgegesture-train see`.");
            var clips = new List<SeenClip>();
            for (var left = reader.ReadInt32(); left > 0; left--)
                clips.Add(ReadClip(reader));
            return clips;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new TrainingException($"{path} is not a complete file of seen clips ({error.Message.TrimEnd('.')}); make it anew with `edgegesture-train see`.");
        }
    }

    private static SeenClip ReadClip(BinaryReader reader)
    {
        var label = reader.ReadByte();
        var targets = new FrameTarget[ClipRenderer.FrameCount];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = new FrameTarget(reader.ReadByte(), reader.ReadByte() / 255f, (Phase)reader.ReadByte());
        var numbers = new float[ClipRenderer.FrameCount * HandSight.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (float)reader.ReadHalf();
        return new SeenClip(label, targets, numbers);
    }
}
