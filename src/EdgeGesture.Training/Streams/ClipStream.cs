using EdgeGesture.Models;
using EdgeGesture.Recognition;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Streams;

/// <summary>
/// Clips one after another as one long stream, with what the model said of every frame. The model's caches go from clip to
/// clip, as on a device that never rests; the decoder is the device's own.
/// </summary>
/// <param name="Model">The model's labels, cadence and background.</param>
/// <param name="ClipFrames">Frames of a clip.</param>
/// <param name="Targets">What each frame shows.</param>
/// <param name="Scores">The logits of each frame.</param>
public sealed record ClipStream(ModelMetadata Model, int ClipFrames, IReadOnlyList<FrameTarget> Targets, IReadOnlyList<float[]> Scores)
{
    public TimeSpan Length => TimeSpan.FromSeconds(Scores.Count / Model.CadenceFps);

    public static ClipStream Play(StreamingModel model, ClipFolder clips)
    {
        clips.MustFit(model.Metadata.Size);
        var (targets, scores, frames) = (new List<FrameTarget>(), new List<float[]>(), 0);
        model.Reset();
        for (var i = 0; i < clips.Count; i++)
        {
            var clip = clips.Read(i);
            targets.AddRange(clip.Targets);
            frames = clip.Targets.Count;
            for (var t = 0; t < frames; t++)
            {
                Quantising.ClipFrames.Fill(clip, t, model.Metadata, model.Frame);
                model.Step();
                scores.Add(model.Scores.ToArray());
            }
        }

        return new ClipStream(model.Metadata, frames, targets, scores);
    }

    /// <summary>The events of the stream at these thresholds (0..1 by label); the event's frame counts from the stream's first.</summary>
    public List<GestureEvent> Events(IReadOnlyDictionary<string, float> thresholds)
    {
        var decoder = new GestureDecoder(Model, new DecoderOptions { Thresholds = thresholds.ToDictionary(pair => pair.Key, pair => (double)pair.Value) });
        var events = new List<GestureEvent>();
        for (var frame = 0; frame < Scores.Count; frame++)
        {
            if (decoder.Step(Scores[frame], TimeSpan.FromSeconds(frame / Model.CadenceFps), frame, out var gesture))
                events.Add(gesture);
        }

        return events;
    }
}
