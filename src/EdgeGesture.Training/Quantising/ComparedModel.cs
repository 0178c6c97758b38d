using System.Numerics.Tensors;
using EdgeGesture.Models;
using EdgeGesture.Telemetry;
using EdgeGesture.Training.Data;

namespace EdgeGesture.Training.Quantising;

/// <summary>One side of a <see cref="Comparison"/>: a model, what it said of each clip, and how long that took.</summary>
public sealed class ComparedModel(StreamingModel model)
{
    private readonly CpuClock _clock = new();
    private readonly List<double> _cpuMs = [];

    /// <summary>The label that the last clip's mean scores are highest at.</summary>
    public int Named { get; private set; }

    /// <summary>Each frame's probabilities (0..1) in the last clip.</summary>
    public List<float[]> Probabilities { get; } = [];

    /// <summary>How many clips were named as they are labelled.</summary>
    public int Right { get; private set; }

    /// <summary>The median processor time of a frame, milliseconds.</summary>
    public double MedianCpuMs => _cpuMs.Order().ElementAt(_cpuMs.Count / 2);

    public void See(StoredClip clip)
    {
        var sum = new float[model.Metadata.Labels.Count];
        Probabilities.Clear();
        model.Reset();
        for (var t = 0; t < clip.Targets.Count; t++)
        {
            ClipFrames.Fill(clip, t, model.Metadata, model.Frame);
            var begin = _clock.GetTimestamp();
            model.Step();
            _cpuMs.Add(_clock.GetElapsedTime(begin).TotalMilliseconds);
            TensorPrimitives.Add(sum, model.Scores, sum);
            var probabilities = new float[sum.Length];
            TensorPrimitives.SoftMax(model.Scores, probabilities);
            Probabilities.Add(probabilities);
        }

        Named = TensorPrimitives.IndexOfMax<float>(sum);
        Right += Named == clip.Label ? 1 : 0;
    }
}
