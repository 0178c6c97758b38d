using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeGesture.Service.Commands;

/// <summary>How the programs that read our JSON see it: snake_case keys, plain characters.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
