using System.Collections;
using System.CommandLine;
using EdgeGesture.Configuration;

namespace EdgeGesture.Service.Commands;

/// <summary>The configuration as a command sees it: the file, the environment, then the command line.</summary>
internal static class Settings
{
    public static Option<string?> CreateConfigOption() => new("--config")
    {
        Description = "The configuration file (JSON, comments allowed); built-in defaults if not given.",
        HelpName = "FILE",
    };

    public static Option<string[]> CreateSetOption() => new("--set")
    {
        Description = "Overrides one setting, as in --set camera.fps=15; may be given several times.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <exception cref="ConfigurationException">There is a mistake in it.</exception>
    public static EdgeGestureOptions Read(string? file, string[]? settings, string? model = null, string? camera = null)
    {
        var overrides = (settings ?? []).Select(Split).ToList();
        if (model is not null)
        {
            overrides.Add(new("model.file", model));
        }

        if (camera is not null)
        {
            overrides.Add(new("camera.source", camera));
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => new KeyValuePair<string, string>((string)entry.Key, (string?)entry.Value ?? ""));
        return EdgeGestureOptions.Read(file, environment, overrides);
    }

    private static KeyValuePair<string, string> Split(string setting) => setting.Split('=', 2) is [var key, var value]
        ? new(key, value)
        : throw new ConfigurationException($"--set {setting} has no value; write it as --set key=value.");
}
