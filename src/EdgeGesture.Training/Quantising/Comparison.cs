using EdgeGesture.Models;
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
        var runs = new[] { new ComparedModel(reference), new ComparedModel(quantised) };
        var (count, same, differences, largest, frames) = (0, 0, 0.0, 0f, 0);
        foreach (var clip in clips)
        {
            // One model after the other, clip by clip: both see the same load of the machine, each its own cache lines.
            foreach (var run in runs)
                run.See(clip);
            foreach (var (expected, actual) in runs[0].Probabilities.Zip(runs[1].Probabilities))
            {
                var difference = expected.Zip(actual, (a, b) => MathF.Abs(a - b)).Max();
                differences += difference;
                largest = MathF.Max(largest, difference);
                frames++;
            }

            count++;
            same += runs[0].Named == runs[1].Named ? 1 : 0;
        }

        return new Comparison(
            count, (double)same / count, (double)runs[0].Right / count, (double)runs[1].Right / count, differences / frames, largest,
            runs[0].MedianCpuMs, runs[1].MedianCpuMs);
    }
}
