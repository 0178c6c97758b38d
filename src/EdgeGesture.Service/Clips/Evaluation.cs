using System.Numerics.Tensors;
using EdgeGesture.Models;
using EdgeGesture.Recognition;

namespace EdgeGesture.Service.Clips;

/// <summary>
/// Counts what the pipeline made of labelled clips. A gesture clip is correct when its label fired and no other gesture
/// did, wrong when another fired, missed when none did; a background clip is correct when nothing fired, else wrong.
/// </summary>
internal sealed class Evaluation(ModelMetadata model)
{
    private readonly List<ClipReport> _clips = [];
    private int _correct;
    private int _wrong;
    private int _missed;
    private int _falseEvents;

    /// <summary>Adds one clip's outcome; true when it is correct.</summary>
    public bool Add(string path, string label, ClipResult result, IReadOnlyList<GestureEvent> events)
    {
        var prediction = model.Labels[TensorPrimitives.IndexOfMax<float>(result.MeanScores)];
        var isBackground = model.Background.Contains(label);
        var others = events.Count(gesture => isBackground || gesture.Gesture != label);
        var fired = events.Any(gesture => gesture.Gesture == label);
        _falseEvents += isBackground ? others : 0;
        _wrong += others > 0 ? 1 : 0;
        _missed += others == 0 && !fired && !isBackground ? 1 : 0;
        var correct = others == 0 && (fired || isBackground);
        _correct += correct ? 1 : 0;
        _clips.Add(new ClipReport(path, label, prediction, [.. events.Select(gesture => gesture.Gesture)]));
        return correct;
    }

    public EvaluationReport Report() => new(
        _clips.Count,
        Math.Round(_clips.Count(clip => clip.ClipPrediction == clip.Label) / (double)_clips.Count, 4),
        _correct, _wrong, _missed, _falseEvents, _clips);
}
