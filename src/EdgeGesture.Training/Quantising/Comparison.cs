using System.Numerics.Tensors;
using EdgeGesture.Models;
using EdgeGesture.Telemetry;
using EdgeGesture.Training.Data;

namespace EdgeGesture.Training.Quantising;

/// <summary>How an int8 model does beside the float32 model it came from, frame by frame in one run.</summary>
/// <param name="Clips">Clips compared.</param>
/// <param name="SameTop1">The share of clips whose mean scores are highest at the same label.</param>
/// <param name="FloatTop1">The share of clips that the float32 model names right.</param>
/// <param name="Int8Top1">The share of clips that the int8 model names right.</param>
/// <param name="MeanDifference">The mean over frames of the largest difference of a probability (0..1).</param>
/// <param name="LargestDifference">The largest difference of a probability (0..1) in any frame.</param>
/// <param name="FloatCpuMs">Processor time of a frame, the median, milliseconds, one thread.</param>
/// <param name="Int8CpuMs">The same of the int8 model.</param>
public sealed record Comparison(
    int Clips, double SameTop1, double FloatTop1, double Int8Top1, double MeanDifference, float LargestDifference, double FloatCpuMs, double Int8CpuMs)
{
    public static Comparison Of(string floatPath, string int8Path, IEnumerable<StoredClip> clips)
    {
        using var reference = StreamingModel.Load(floatPath);
        using var quantised = StreamingModel.Load(int8Path);
        StreamingModel[] models = [reference, quantised];
        var labels = reference.Metadata.Labels.Count;
        var clock = new CpuClock();
        List<double>[] times = [[], []];
        var (count, same, differences, largest, frames) = (0, 0, 0.0, 0f, 0);
        int[] right = [0, 0];
        float[][] probabilities = [new float[labels], new float[labels]];
        foreach (var clip in clips)
        {
            float[][] sums = [new float[labels], new float[labels]];
            foreach (var model in models)
                model.Reset();
            for (var t = 0; t < clip.Targets.Count; t++, frames++)
            {
                for (var i = 0; i < models.Length; i++)
                {
                    ClipFrames.Fill(clip, t, models[i].Metadata.Size, models[i].Frame);
                    var begin = clock.GetTimestamp();
                    models[i].Step();
                    times[i].Add(clock.GetElapsedTime(begin).TotalMilliseconds);
                    TensorPrimitives.Add(sums[i], models[i].Scores, sums[i]);
                    TensorPrimitives.SoftMax(models[i].Scores, probabilities[i]);
                }

                TensorPrimitives.Subtract(probabilities[0], probabilities[1], probabilities[0]);
                var difference = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(probabilities[0]));
                differences += difference;
                largest = MathF.Max(largest, difference);
            }

            count++;
            int[] best = [TensorPrimitives.IndexOfMax(sums[0]), TensorPrimitives.IndexOfMax(sums[1])];
            same += best[0] == best[1] ? 1 : 0;
            for (var i = 0; i < best.Length; i++)
                right[i] += best[i] == clip.Label ? 1 : 0;
        }

        return new Comparison(
            count, (double)same / count, (double)right[0] / count, (double)right[1] / count, differences / frames, largest,
            Median(times[0]), Median(times[1]));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
