using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace EdgeGesture.Configuration;

/// <summary>
/// Reads a configuration: one JSON file (comments and trailing commas allowed), over it the environment
/// (<c>EDGEGESTURE__CAMERA__FPS=15</c>), over that the command line (<c>--set camera.fps=15</c>).
/// </summary>
public static class ConfigurationFile
{
    private const string EnvironmentPrefix = "EDGEGESTURE__";

    private static readonly JsonDocumentOptions Relaxed = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads and checks a configuration.</summary>
    /// <param name="path">The file, or null for the defaults.</param>
    /// <param name="environment">Environment variables; only those with the prefix count.</param>
    /// <param name="settings">Pairs of dotted key and value, from the command line.</param>
    /// <param name="type">The record that it becomes.</param>
    /// <exception cref="ConfigurationException">There is a mistake in it.</exception>
    public static T Read<T>(
        string? path, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<KeyValuePair<string, string>> settings, JsonTypeInfo<T> type)
    {
        var root = path is null ? [] : Parse(path);
        var schema = ConfigurationSchema.Of(type);
        var source = path ?? "(no file)";
        foreach (var (name, value) in environment.Where(pair => pair.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)))
        {
            Set(root, schema, name[EnvironmentPrefix.Length..].Split("__"), value);
            source += $" with {name}";
        }

        foreach (var (key, value) in settings)
        {
            Set(root, schema, key.Split('.'), value);
            source += $" with {key}={value}";
        }

        var problems = ConfigurationValidator.Check(root, schema);
        if (problems.Count > 0)
        {
            throw new ConfigurationException(source, problems);
        }

        try
        {
            root.Remove("$schema");
            return root.Deserialize(type)!;
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException(source, [new ConfigurationProblem(exception.Path ?? "$", null, exception.Message)]);
        }
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonNode.Parse(stream, documentOptions: Relaxed) as JsonObject
                ?? throw new ConfigurationException($"The configuration {path} is not a JSON object; begin it with {{.");
        }
        catch (JsonException exception)
        {
            var where = exception.LineNumber is { } line ? $" at line {line + 1}, column {exception.BytePositionInLine + 1}" : "";
            throw new ConfigurationException($"The configuration {path} is not JSON{where}: {FirstSentence(exception.Message)}.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException($"There is no configuration file {path}; give another with --config.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The configuration {path} cannot be read ({FirstSentence(exception.Message)}); check its permissions.", exception);
        }
    }

    // Finds the key whatever its case (environment variables are upper case), making objects on the way.
    private static void Set(JsonObject root, JsonObject schema, string[] path, string text)
    {
        var reader = new SchemaReader(schema);
        var rule = (JsonObject?)schema;
        var node = root;
        for (var i = 0; ; i++)
        {
            var properties = rule?["properties"] as JsonObject;
            var name = (properties ?? []).Concat(node).Select(pair => pair.Key).FirstOrDefault(key => key.Equals(path[i], StringComparison.OrdinalIgnoreCase)) ?? path[i];
            rule = reader.Resolve(properties?[name] ?? rule?["additionalProperties"]);
            if (i == path.Length - 1)
            {
                node[name] = Value(text, rule);
                return;
            }

            if (node[name] is not JsonObject child)
            {
                node[name] = child = [];
            }

            node = child;
            if (rule is not null && reader.KindsOf(rule) is { } kinds)
            {
                rule = SchemaReader.Choose(kinds, node);
            }
        }
    }

    private static JsonNode? Value(string text, JsonObject? rule)
    {
        if (rule?["type"] is JsonValue type && type.GetValue<string>() == "string" || rule?["enum"] is not null)
        {
            return JsonValue.Create(text);
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: Relaxed);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text); // the validator says what is allowed
        }
    }

    private static string FirstSentence(string message) => message.Split(". ", 2)[0].TrimEnd('.');
}
