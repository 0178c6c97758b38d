using System.Text.Json.Serialization;

namespace EdgeGesture.Power;

/// <summary>The account as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LedgerState))]
[JsonSerializable(typeof(PowerSnapshot))]
public sealed partial class PowerJson : JsonSerializerContext;
