using System.ComponentModel;

namespace EdgeGesture.Inputs;

/// <summary>A push button on a GPIO line.</summary>
public sealed record ButtonOptions
{
    [Description("The line: its name, such as GPIO23, or its number on the chip, such as 23.")]
    public required string Line { get; set; }

    [Description("Where the board's own resistor pulls the line while nobody presses: up for a button to ground, down for one to 3.3 V.")]
    public Pull Pull { get; set; }
}
