using EdgeGesture.Models;
using EdgeGesture.Training.Data;

namespace EdgeGesture.Training.Quantising;

/// <summary>Frames of stored clips as the network takes them.</summary>
public static class ClipFrames
{
    /// <summary>Frame <paramref name="t"/>, S×S×3 bytes, becomes 3×S×S, normalised as the model asks, in <paramref name="frame"/>.</summary>
    public static void Fill(StoredClip clip, int t, ModelMetadata model, Span<float> frame)
    {
        var plane = model.Size * model.Size;
        var pixels = clip.Pixels.AsSpan(t * plane * 3, plane * 3);
        for (var i = 0; i < plane; i++)
        {
            for (var c = 0; c < 3; c++)
                frame[c * plane + i] = (pixels[i * 3 + c] / 255f - model.Mean[c]) / model.Std[c];
        }
    }
}
