using EdgeGesture.Training.Data;
using EdgeGesture.Training.Synthesis;
using TorchSharp;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Some clips side by side, frames in time-major order: row t·clips+i is frame t of clip i.
/// </summary>
/// <param name="Clips">How many clips.</param>
/// <param name="Size">The pictures' side S.</param>
/// <param name="Pixels">(frames·clips)×S×S×3 RGB bytes. They become a tensor only on the thread that trains.</param>
/// <param name="Targets">(frames·clips) targets.</param>
/// <param name="ClipLabels">What each clip shows as a whole.</param>
public sealed record Batch(int Clips, int Size, byte[] Pixels, FrameTarget[] Targets, byte[] ClipLabels)
{
    // Kept for good: a scalar made for one call can be collected during it.
    private static readonly Scalar HalfRange = 127.5.ToScalar();
    private static readonly Scalar One = 1.0.ToScalar();

    public static Batch Of(IReadOnlyList<StoredClip> clips, int size)
    {
        var frameBytes = size * size * 3;
        var frames = clips[0].Targets.Count;
        var pixels = new byte[frames * clips.Count * frameBytes];
        var targets = new FrameTarget[frames * clips.Count];
        for (var t = 0; t < frames; t++)
        {
            for (var i = 0; i < clips.Count; i++)
            {
                var row = t * clips.Count + i;
                clips[i].Pixels.AsSpan(t * frameBytes, frameBytes).CopyTo(pixels.AsSpan(row * frameBytes));
                targets[row] = clips[i].Targets[t];
            }
        }

        return new Batch(clips.Count, size, pixels, targets, [.. clips.Select(clip => clip.Label)]);
    }

    /// <summary>
    /// The pictures in −1..1 as (frames·clips)×3×S×S. The channels stay innermost in memory, which is the fastest order
    /// on processors, and bfloat16 halves the work where the processor has it.
    /// </summary>
    public Tensor Input(ScalarType type) =>
        tensor(Pixels).reshape(Targets.Length, Size, Size, 3).to_type(type).div_(HalfRange).sub_(One).permute(0, 3, 1, 2);
}
