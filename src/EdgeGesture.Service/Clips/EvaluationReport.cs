using System.Text.Json.Serialization;

namespace EdgeGesture.Service.Clips;

/// <summary>What <c>edgegesture eval --json</c> prints.</summary>
/// <param name="Clips">Clips in the manifest.</param>
/// <param name="ClipTop1">The part of them whose arg-max of the mean score is the label, 0–1.</param>
/// <param name="EventCorrect">Clips whose own gesture fired and no other; background clips in which nothing fired.</param>
/// <param name="EventWrong">Clips in which something else fired.</param>
/// <param name="EventMissed">Gesture clips in which nothing fired.</param>
/// <param name="FalseEvents">Events in background clips.</param>
/// <param name="PerClip">Each clip.</param>
internal sealed record EvaluationReport(
    int Clips,
    [property: JsonPropertyName("clip_top1")] double ClipTop1,
    int EventCorrect,
    int EventWrong,
    int EventMissed,
    int FalseEvents,
    IReadOnlyList<ClipReport> PerClip);

/// <summary>One clip of an <see cref="EvaluationReport"/>.</summary>
internal sealed record ClipReport(string Path, string Label, string ClipPrediction, IReadOnlyList<string> Events);
