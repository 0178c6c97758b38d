namespace EdgeGesture.Configuration;

/// <summary>One mistake in a configuration.</summary>
/// <param name="Key">Where: <c>camera.fps</c>, <c>actions[2].output</c>.</param>
/// <param name="Value">What stands there, as JSON, or null where a key is missing.</param>
/// <param name="Allowed">What may stand there: <c>a number from 1 to 120</c>.</param>
public sealed record ConfigurationProblem(string Key, string? Value, string Allowed)
{
    public override string ToString() => Value is null ? $"{Key} is missing; give {Allowed}" : $"{Key} is {Shorten(Value)}, where {Allowed} is allowed";

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
