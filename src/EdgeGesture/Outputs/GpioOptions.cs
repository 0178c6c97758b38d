using System.ComponentModel;

namespace EdgeGesture.Outputs;

/// <summary>A GPIO line that is switched on and off.</summary>
public sealed record GpioOptions : OutputOptions
{
    [Description("The line: its name, such as GPIO17, or its number on the chip, such as 17.")]
    public required string Line { get; set; }

    [Description("Whether \"on\" means a low voltage, as with relay boards that switch on a low input.")]
    public bool ActiveLow { get; set; }

    [Description("What it is when the service starts.")]
    public Switch Initial { get; set; }

    [Description("What it goes to when the service stops or sees nothing.")]
    public Switch Safe { get; set; }

    public override string BoardLine => Line;

    public override IReadOnlyList<Verb> Verbs => [Verb.On, Verb.Off, Verb.Toggle, Verb.Pulse, Verb.Blink];
}
