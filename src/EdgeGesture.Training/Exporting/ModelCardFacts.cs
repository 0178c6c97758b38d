namespace EdgeGesture.Training.Exporting;

/// <summary>What a model file says of itself beside its weights.</summary>
/// <param name="Version">The model's version.</param>
/// <param name="Licence">An SPDX expression.</param>
/// <param name="Thresholds">The smoothed probability (0..1) from which each gesture counts.</param>
public sealed record ModelCardFacts(string Version, string Licence, IReadOnlyDictionary<string, float> Thresholds);
