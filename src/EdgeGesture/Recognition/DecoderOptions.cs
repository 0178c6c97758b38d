using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeGesture.Recognition;

/// <summary>The configuration's section "recognition": when scores become an event. All times hold at any cadence.</summary>
public sealed record DecoderOptions
{
    [Description("Time constant of the smoothing, in seconds: longer is surer, shorter is quicker.")]
    [Range(0.0, 3.0)]
    public double SmoothingSeconds { get; set; } = 0.2;

    [Description("Seconds after a gesture in which nothing else fires, so that the hand can go back.")]
    [Range(0.0, 10.0)]
    public double RefractorySeconds { get; set; } = 1.0;

    [Description("The part of its threshold below which a gesture that fired counts as over; also the level at which a gesture counts as begun.")]
    [Range(0.05, 0.95)]
    public double ReleaseFraction { get; set; } = 0.5;

    [Description("Thresholds that replace the model's, 0 to 1 by label: higher for fewer false events.")]
    public IReadOnlyDictionary<string, double> Thresholds { get; set; } = new Dictionary<string, double>();

    [Description("Labels that never fire.")]
    public IReadOnlyList<string> Ignore { get; set; } = [];
}
