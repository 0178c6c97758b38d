using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Finds for each gesture the probability from which it counts: the one with the best balance of found and false events
/// on held-out clips (the F-measure with precision counting twice as much as recall). A gesture that was never found, or
/// that no clip shows, gets the highest threshold.
/// </summary>
public static class ThresholdCalibration
{
    private const int BatchClips = 4;
    private const float SmoothingSeconds = 0.2f;
    private const float Lowest = 0.4f;
    private const float Highest = 0.95f;
    private const float Step = 0.025f;

    public static Dictionary<string, float> Of(TsmNetwork network, ClipFolder clips)
    {
        var peaks = Peaks(network, clips);
        var thresholds = new Dictionary<string, float>();
        foreach (var label in GestureBook.Labels)
        {
            var index = GestureBook.IndexOf(label);
            var (best, chosen) = (0.0, Highest);
            for (var threshold = Lowest; threshold <= Highest; threshold += Step)
            {
                var found = peaks.Count(clip => clip.Label == index && clip.Peak[index] >= threshold);
                var missed = peaks.Count(clip => clip.Label == index) - found;
                var wrong = peaks.Count(clip => clip.Label != index && clip.Peak[index] >= threshold);
                var score = 1.25 * found / (1.25 * found + 0.25 * missed + wrong + 1e-9);
                if (score > best)
                    (best, chosen) = (score, threshold);
            }

            thresholds[label] = MathF.Round(chosen, 3);
        }

        return thresholds;
    }

    // For each clip the highest smoothed probability of each label while it is above all others'.
    private static List<(int Label, float[] Peak)> Peaks(TsmNetwork network, ClipFolder clips)
    {
        var labels = JesterVocabulary.Labels.Count;
        var keep = MathF.Exp(-1f / (ClipRenderer.CadenceFps * SmoothingSeconds));
        var peaks = new List<(int, float[])>();
        for (var first = 0; first + BatchClips <= clips.Count; first += BatchClips)
        {
            using var pause = new CollectionPause();
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var batch = Batch.Of([.. Enumerable.Range(first, BatchClips).Select(clips.Read)], clips.Size);
            var probabilities = network.Decide(batch.Input(TrainingDevice.NumberType), batch.Clips).softmax(1).data<float>().ToArray();
            for (var clip = 0; clip < batch.Clips; clip++)
            {
                var (smooth, peak) = (new float[labels], new float[labels]);
                for (var row = clip; row < batch.Targets.Length; row += batch.Clips)
                {
                    for (var label = 0; label < labels; label++)
                        smooth[label] += (1 - keep) * (probabilities[row * labels + label] - smooth[label]);
                    var best = Array.IndexOf(smooth, smooth.Max());
                    peak[best] = MathF.Max(peak[best], smooth[best]);
                }

                peaks.Add((batch.ClipLabels[clip], peak));
            }
        }

        return peaks;
    }
}
