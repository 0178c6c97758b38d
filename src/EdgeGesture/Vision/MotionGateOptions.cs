using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeGesture.Vision;

/// <summary>The configuration's section "motion": when the network sleeps. All times hold at any cadence.</summary>
public sealed record MotionGateOptions
{
    [Description("Whether the network sleeps while the scene is still. Without it every due frame is recognised.")]
    public bool Enabled { get; set; } = true;

    [Description("From 0 (only large or high-contrast motion wakes the network) to 1 (faint motion does, too).")]
    [Range(0.0, 1.0)]
    public double Sensitivity { get; set; } = 0.5;

    [Description("Seconds without motion after which the network falls asleep.")]
    [Range(0.5, 60.0)]
    public double HoldSeconds { get; set; } = 2.0;

    [Description("Seconds before the motion that are replayed through the network when it wakes.")]
    [Range(0.0, 3.0)]
    public double PreRollSeconds { get; set; } = 0.8;

    [Description("In a still scene the network runs once in so many seconds, to show that it is alive.")]
    [Range(1.0, 3600.0)]
    public double ProofOfLifeSeconds { get; set; } = 30.0;
}
