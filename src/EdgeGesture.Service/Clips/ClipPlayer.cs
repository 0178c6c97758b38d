using System.Numerics.Tensors;
using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Power;

namespace EdgeGesture.Service.Clips;

/// <summary>Plays clips through the pipeline as fast as it goes: every frame, on the clip's own clock.</summary>
internal sealed class ClipPlayer(StreamingModel model, EdgeGestureOptions options)
{
    /// <summary>How often the network sees a frame.</summary>
    public GovernorLevel Level { get; init; } = GovernorLevel.All[0];

    /// <summary>Plays one clip from its first frame, remembering nothing of the clip before.</summary>
    /// <exception cref="EdgeGestureException">The clip is broken.</exception>
    public ClipResult Play(ICamera clip, IGestureSink sink)
    {
        var sum = new float[model.Metadata.Labels.Count];
        using var pipeline = new Pipeline(clip, model, options, sink, TimeProvider.System)
        {
            Level = Level,
            Recognised = _ => TensorPrimitives.Add(sum, model.Scores, sum),
        };
        var cpuBefore = Environment.CpuUsage.TotalTime;
        pipeline.Run(CancellationToken.None);
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;

        var counters = pipeline.Counters;
        TensorPrimitives.Divide(sum, Math.Max(counters.Inferences, 1), sum);

        // The last frame lasts as long as the others, on average.
        var seconds = counters.Captured < 2 ? 0 : counters.LastTimestamp.TotalSeconds * counters.Captured / (counters.Captured - 1);
        return new ClipResult(counters.Captured, seconds, cpu, sum);
    }
}
