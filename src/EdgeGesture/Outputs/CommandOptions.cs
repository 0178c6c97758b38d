using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeGesture.Configuration;

namespace EdgeGesture.Outputs;

/// <summary>A program that is started for each gesture.</summary>
public sealed record CommandOptions : OutputOptions
{
    [Description("The program and its arguments, each by itself; there is no shell. EDGEGESTURE_GESTURE and EDGEGESTURE_CONFIDENCE are in its environment.")]
    public required IReadOnlyList<string> Run { get; set; }

    [Description("Seconds after which it is killed.")]
    [Range(0.1, 3600)]
    public double TimeoutSeconds { get; set; } = 10;

    public override IReadOnlyList<Verb> Verbs => [Verb.Send];

    public override IEnumerable<ConfigurationProblem> Check(string key)
    {
        if (Run is [] or ["", ..])
        {
            yield return new($"{key}.run", "[]", "a program and its arguments");
        }
    }
}
