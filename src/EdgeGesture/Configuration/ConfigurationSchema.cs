using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace EdgeGesture.Configuration;

/// <summary>
/// The JSON schema of the configuration, made from the option records, their [Description] and [Range]: it ships
/// beside the example for editors, and the same object checks the file that is read.
/// </summary>
public static class ConfigurationSchema
{
    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    /// <summary>The schema of a record; every object in it is closed: unknown keys are mistakes.</summary>
    public static JsonObject Of(JsonTypeInfo type) => (JsonObject)type.GetJsonSchemaAsNode(Exporter);

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        var attributes = context.PropertyInfo?.AttributeProvider;
        if (attributes?.GetCustomAttributes(typeof(RangeAttribute), inherit: true) is [RangeAttribute range])
        {
            schema["minimum"] = JsonValue.Create(Convert.ToDouble(range.Minimum, System.Globalization.CultureInfo.InvariantCulture));
            schema["maximum"] = JsonValue.Create(Convert.ToDouble(range.Maximum, System.Globalization.CultureInfo.InvariantCulture));
        }

        if (attributes?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true) is [AllowedValuesAttribute allowed])
        {
            schema["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonValue.Create(value?.ToString()))]);
        }

        if (attributes?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute description])
        {
            schema.Insert(0, "description", description.Description);
        }

        if (schema["properties"] is JsonObject && schema["additionalProperties"] is null)
        {
            schema["additionalProperties"] = false;
        }

        return schema;
    }
}
