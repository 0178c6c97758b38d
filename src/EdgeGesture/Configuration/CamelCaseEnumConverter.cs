using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeGesture.Configuration;

/// <summary>Enumerations in the configuration: names in camel case, never numbers.</summary>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
