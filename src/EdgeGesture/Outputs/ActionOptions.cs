using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeGesture.Outputs;

/// <summary>One row of the action table, the configuration's section "actions": this gesture does that to an output.</summary>
public sealed record ActionOptions
{
    [Description("The gesture's label, as the model spells it.")]
    public required string Gesture { get; set; }

    [Description("The name of an entry of \"outputs\".")]
    public required string Output { get; set; }

    [Description("What to do: on, off, toggle, pulse (on for a time) or blink for a line; on, off, level or step for a PWM line; send (pass the gesture on) for all else.")]
    public required Verb Do { get; set; }

    [Description("How long a pulse is on, and each blink, in seconds.")]
    [Range(0.001, 3600)]
    public double OnSeconds { get; set; } = 0.5;

    [Description("How long it is off between two blinks, in seconds.")]
    [Range(0.001, 3600)]
    public double OffSeconds { get; set; } = 0.5;

    [Description("How many times it blinks.")]
    [Range(1, 1000)]
    public int Times { get; set; } = 3;

    [Description("The share of the time that \"level\" has it on.")]
    [Range(0, 1)]
    public double Level { get; set; } = 0.5;

    [Description("What \"step\" adds to the share; negative for less.")]
    [Range(-1, 1)]
    public double By { get; set; } = 0.1;
}
