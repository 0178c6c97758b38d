namespace EdgeGesture.Outputs;

/// <summary>A line in the service's log.</summary>
public sealed record LogLineOptions : OutputOptions
{
    public override IReadOnlyList<Verb> Verbs => [Verb.Send];
}
