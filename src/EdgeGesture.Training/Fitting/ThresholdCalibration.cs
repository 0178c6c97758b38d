using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Finds for each gesture the probability from which it counts: the one with the best balance of found and false events
/// on held-out clips (the F-measure with precision counting twice as much as recall), its own and, for less, all others'.
/// When none was ever found, all get the highest threshold.
/// </summary>
public static class ThresholdCalibration
{
    private const float Lowest = 0.4f;
    private const float Highest = 0.95f;
    private const float Step = 0.025f;

    // A label is performed a dozen times in a few hundred clips, too few to tell its threshold by: all labels together count
    // as so many performances more of each.
    private const double PooledPerformances = 30;

    public static Dictionary<string, float> Of(RecurrentHead head, SeenClips clips) => Of(Peak.Of(head, clips));

    /// <summary>The thresholds for clips of which is known what they show and how probable each label became.</summary>
    internal static Dictionary<string, float> Of(IReadOnlyList<Peak> peaks)
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

        public static Counts Of(IReadOnlyList<Peak> clips, int label, float threshold)
        {
            var found = clips.Count(clip => clip.Label == label && clip.Probabilities[label] >= threshold);
            return new Counts(found, clips.Count(clip => clip.Label == label) - found, clips.Count(clip => clip.Label != label && clip.Probabilities[label] >= threshold));
        }

        public static Counts operator +(Counts a, Counts b) => new(a.Found + b.Found, a.Missed + b.Missed, a.Wrong + b.Wrong);

        public static Counts operator *(Counts a, double factor) => new(a.Found * factor, a.Missed * factor, a.Wrong * factor);
    }
}
