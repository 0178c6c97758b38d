namespace EdgeGesture.Configuration;

/// <summary>The configuration cannot be used: each problem names the key, the value and what is allowed.</summary>
public sealed class ConfigurationException : EdgeGestureException
{
    public ConfigurationException(string source, IReadOnlyList<ConfigurationProblem> problems)
        : base($"The configuration {source} cannot be used: {string.Join("; ", problems)}.") => Problems = problems;

    public ConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException!) => Problems = [];

    public IReadOnlyList<ConfigurationProblem> Problems { get; }
}
