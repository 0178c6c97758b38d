using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGesture.Configuration;

/// <summary>Finds its way in a schema that <see cref="ConfigurationSchema"/> made: references and alternatives.</summary>
internal sealed class SchemaReader(JsonObject root)
{
    /// <summary>The rule itself, or what it refers to; null where the rule is "anything" or "nothing".</summary>
    public JsonObject? Resolve(JsonNode? rule)
    {
        if (rule is not JsonObject schema || schema["$ref"] is not JsonValue reference)
        {
            return rule as JsonObject;
        }

        JsonNode node = root;
        foreach (var step in reference.GetValue<string>().TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)] : node[step.Replace("~1", "/").Replace("~0", "~")])!;
        }

        return (JsonObject)node;
    }

    /// <summary>The alternatives of a polymorphic record by the value of its key "type"; null for any other rule.</summary>
    public IReadOnlyDictionary<string, JsonObject>? KindsOf(JsonObject schema) => (schema["anyOf"] as JsonArray)?
        .Select(Resolve)
        .Where(kind => kind?["properties"]?["type"]?["const"] is not null)
        .ToDictionary(kind => kind!["properties"]!["type"]!["const"]!.GetValue<string>(), kind => kind!);

    /// <summary>The alternative that an object's key "type" chooses; null when it chooses none.</summary>
    public static JsonObject? Choose(IReadOnlyDictionary<string, JsonObject> kinds, JsonObject? node) =>
        node?["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String ? kinds.GetValueOrDefault(type.GetValue<string>()) : null;
}
