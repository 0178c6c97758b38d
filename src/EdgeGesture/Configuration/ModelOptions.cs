using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeGesture.Configuration;

/// <summary>The configuration's section "model".</summary>
public sealed record ModelOptions
{
    [Description("The model file; \"default\" and \"default.int8\" are the two that ship with the program.")]
    public string File { get; set; } = "default";

    [Description("Processor threads of one network call. More is faster but takes more energy for a frame.")]
    [Range(1, 16)]
    public int Threads { get; set; } = 1;
}
