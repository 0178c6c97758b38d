using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Finds for each gesture the probability from which it counts: the one with the best balance of found and false events
/// on held-out clips (the F-measure with precision counting twice as much as recall), its own and, for less, all others'.
/// When none was ever found, all get the highest threshold.
/// </summary>
public static class ThresholdCalibration
{
    private const int BatchClips = 4;
    private const float SmoothingSeconds = 0.2f;
    private const float Lowest = 0.4f;
    private const float Highest = 0.95f;
    private const float Step = 0.025f;

    // A label is performed a dozen times in a few hundred clips, too few to tell its threshold by: all labels together count
    // as so many performances more of each.
    private const double PooledPerformances = 30;

    public static Dictionary<string, float> Of(TsmNetwork network, ClipFolder clips) => Of(Peaks(network, clips));

    /// <summary>The thresholds for clips of which is known what they show and how probable each label became.</summary>
    internal static Dictionary<string, float> Of(List<(int Label, float[] Peak)> peaks)
    {
        var steps = (int)MathF.Round((Highest - Lowest) / Step) + 1;
        var counts = GestureBook.Labels.ToDictionary(label => label, label => Enumerable.Range(0, steps).Select(step => Counts.Of(peaks, GestureBook.IndexOf(label), ThresholdAt(step))).ToArray());
        var pooled = Enumerable.Range(0, steps).Select(step => counts.Values.Aggregate(default(Counts), (sum, label) => sum + label[step])).ToArray();
        var performances = Math.Max(pooled[0].Found + pooled[0].Missed, 1); // the same at each threshold
        var thresholds = new Dictionary<string, float>();
        foreach (var label in GestureBook.Labels)
        {
            var (best, chosen) = (0.0, Highest);
            for (var step = 0; step < steps; step++)
            {
                var score = (counts[label][step] + pooled[step] * (PooledPerformances / performances)).Score;
                if (score > best)
                    (best, chosen) = (score, ThresholdAt(step));
            }

            thresholds[label] = MathF.Round(chosen, 3);
        }

        return thresholds;
    }

    private static float ThresholdAt(int step) => Lowest + step * Step;

    // What a threshold gives in clips, performances of one label or of several.
    private readonly record struct Counts(double Found, double Missed, double Wrong)
    {
        /// <summary>The F0.5 measure: a wrong event is worse than a missed one.</summary>
        public double Score => 1.25 * Found / (1.25 * Found + 0.25 * Missed + Wrong + 1e-9);

        public static Counts Of(List<(int Label, float[] Peak)> clips, int label, float threshold)
        {
            var found = clips.Count(clip => clip.Label == label && clip.Peak[label] >= threshold);
            return new Counts(found, clips.Count(clip => clip.Label == label) - found, clips.Count(clip => clip.Label != label && clip.Peak[label] >= threshold));
        }

        public static Counts operator +(Counts a, Counts b) => new(a.Found + b.Found, a.Missed + b.Missed, a.Wrong + b.Wrong);

        public static Counts operator *(Counts a, double factor) => new(a.Found * factor, a.Missed * factor, a.Wrong * factor);
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
