using EdgeGesture.Configuration;

namespace EdgeGesture.Service.Control;

/// <summary>Where the service listens and its users ask.</summary>
internal static class SocketPath
{
    /// <summary>Where the unit's RuntimeDirectory= puts it.</summary>
    public const string OfService = "/run/edgegesture/" + Name;

    private const string Name = "edgegesture.sock";

    /// <summary>The path for the configuration's "control.socket"; null for none.</summary>
    /// <param name="options">The section "control".</param>
    /// <param name="environment">Looks an environment variable up.</param>
    public static string? Listening(ControlOptions options, Func<string, string?> environment) => options.Socket switch
    {
        "off" => null,
        "auto" when environment("RUNTIME_DIRECTORY") is { Length: > 0 } folders => Path.Combine(folders.Split(':')[0], Name),
        "auto" => OfUser(environment),
        var path => Path.GetFullPath(path),
    };

    /// <summary>Where to ask when the user names no socket, the likeliest first.</summary>
    public static IReadOnlyList<string> Candidates(Func<string, string?> environment) =>
        OfUser(environment) is { } own ? [OfService, own] : [OfService];

    private static string? OfUser(Func<string, string?> environment) =>
        environment("XDG_RUNTIME_DIR") is { Length: > 0 } folder ? Path.Combine(folder, "edgegesture", Name) : null;
}
