using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGesture.Configuration;

/// <summary>
/// Holds a configuration against its schema and says every mistake in words. It knows the part of JSON Schema that
/// <see cref="ConfigurationSchema"/> writes: type, enum, const, minimum, maximum, properties, required,
/// additionalProperties, items and an anyOf that the key "type" chooses from.
/// </summary>
internal sealed class ConfigurationValidator(JsonObject root)
{
    private readonly SchemaReader _schema = new(root);
    private readonly List<ConfigurationProblem> _problems = [];

    public static IReadOnlyList<ConfigurationProblem> Check(JsonNode configuration, JsonObject schema)
    {
        var validator = new ConfigurationValidator(schema);
        validator.Check(configuration, schema, "");
        return validator._problems;
    }

    private void Check(JsonNode? node, JsonNode? rule, string key)
    {
        if (_schema.Resolve(rule) is not { } schema)
        {
            return; // true: anything goes
        }

        if (_schema.KindsOf(schema) is { } kinds)
        {
            CheckKind(node, kinds, key);
            return;
        }

        if (schema["enum"] is JsonArray values && !values.Any(value => JsonNode.DeepEquals(value, node)))
        {
            Report(key, node, "one of " + string.Join(", ", values.Select(value => value?.ToJsonString() ?? "null")));
            return;
        }

        var types = TypesOf(schema);
        if (types.Count > 0 && !types.Contains(TypeOf(node)) && !(TypeOf(node) == "integer" && types.Contains("number")))
        {
            Report(key, node, Expected(schema, types));
            return;
        }

        switch (node)
        {
            case JsonObject item:
                CheckObject(item, schema, key);
                break;
            case JsonArray array when schema["items"] is { } items:
                for (var i = 0; i < array.Count; i++)
                {
                    Check(array[i], items, $"{key}[{i}]");
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                CheckRange(value, schema, types, key);
                break;
            default:
                break;
        }
    }

    private void CheckObject(JsonObject node, JsonObject schema, string key)
    {
        var properties = schema["properties"] as JsonObject;
        foreach (var (name, value) in node)
        {
            var path = key.Length == 0 ? name : $"{key}.{name}";
            if (properties?[name] is { } rule)
            {
                Check(value, rule, path);
            }
            else if (schema["additionalProperties"] is JsonObject free)
            {
                Check(value, free, path);
            }
            else if (properties is not null && name != "$schema")
            {
                Report(path, value, $"no such key ({string.Join(", ", properties.Select(property => property.Key))})");
            }
        }

        foreach (var required in schema["required"] as JsonArray ?? [])
        {
            var name = required!.GetValue<string>();
            if (!node.ContainsKey(name))
            {
                var rule = _schema.Resolve(properties![name])!;
                _problems.Add(new ConfigurationProblem(key.Length == 0 ? name : $"{key}.{name}", null, Expected(rule, TypesOf(rule))));
            }
        }
    }

    // A polymorphic record: the key "type" says which of the alternatives is meant.
    private void CheckKind(JsonNode? node, IReadOnlyDictionary<string, JsonObject> kinds, string key)
    {
        var allowed = "one of " + string.Join(", ", kinds.Keys.Select(name => $"\"{name}\""));
        if (node is not JsonObject item)
        {
            Report(key, node, $"an object whose key type is {allowed}");
        }
        else if (SchemaReader.Choose(kinds, item) is { } schema)
        {
            CheckObject(item, schema, key);
        }
        else
        {
            _problems.Add(new ConfigurationProblem($"{key}.type", item["type"]?.ToJsonString(), allowed));
        }
    }

    private void CheckRange(JsonValue value, JsonObject schema, IReadOnlyList<string> types, string key)
    {
        var number = value.GetValue<JsonElement>().GetDouble();
        if (number < (schema["minimum"]?.GetValue<double>() ?? double.NegativeInfinity) || number > (schema["maximum"]?.GetValue<double>() ?? double.PositiveInfinity))
        {
            Report(key, value, Expected(schema, types));
        }
    }

    private void Report(string key, JsonNode? value, string allowed) =>
        _problems.Add(new ConfigurationProblem(key.Length == 0 ? "the file" : key, value?.ToJsonString() ?? "null", allowed));

    private static List<string> TypesOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => [.. types.Select(type => type!.GetValue<string>())],
        JsonValue type => [type.GetValue<string>()],
        _ => [],
    };

    private static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => node.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
        _ => "null",
    };

    private static string Expected(JsonObject schema, IReadOnlyList<string> types)
    {
        if (schema["enum"] is JsonArray values)
        {
            return "one of " + string.Join(", ", values.Select(value => value?.ToJsonString() ?? "null"));
        }

        var words = string.Join(" or ", types.Select(type => type switch
        {
            "integer" => "a whole number",
            "number" => "a number",
            "string" => "text",
            "boolean" => "true or false",
            "array" => "a list",
            "object" => "an object",
            _ => type,
        }));
        return schema["minimum"] is { } minimum && schema["maximum"] is { } maximum
            ? string.Create(CultureInfo.InvariantCulture, $"{words} from {minimum.GetValue<double>()} to {maximum.GetValue<double>()}")
            : words;
    }
}
