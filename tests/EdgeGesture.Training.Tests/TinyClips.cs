using System.Numerics;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>Clips that need no material: a bright field that wanders ("Shaking Hand") or stays ("No gesture").</summary>
public static class TinyClips
{
    public const int Size = 32;

    public static void Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        using var file = ClipFile.Create(Path.Combine(folder, "tiny.clips"), Size);
        for (var i = 0; i < count; i++)
            file.Append(Clip(i));
    }

    /// <summary>The same labels without pictures: a hand that wanders or stays.</summary>
    public static StoredClip Trace(int index)
    {
        var label = LabelOf(index);
        var sights = Enumerable.Range(0, ClipRenderer.FrameCount).Select(t => Hand.At(new Vector2(label == 9 ? MathF.Sin(t) / 2 : 0, 0.1f * (index % 8)), firstPerson: 0));
        return new StoredClip(label, [.. sights.Select(sight => new FrameTarget(label, 1, Phase.Stroke, sight))], []);
    }

    private static byte LabelOf(int index) => (byte)(index % 2 == 0 ? 9 : 2);

    public static StoredClip Clip(int index)
    {
        var label = LabelOf(index);
        var pixels = new byte[ClipRenderer.FrameCount * Size * Size * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, t) = (i / 3 % Size, i / (Size * Size * 3));
            pixels[i] = (byte)(x / 4 == (label == 9 ? t / 4 : index % 8) ? 250 : 20);
        }

        return new StoredClip(label, [.. Enumerable.Repeat(new FrameTarget(label, 1, Phase.Stroke), ClipRenderer.FrameCount)], pixels);
    }
}
