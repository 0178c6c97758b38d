using System.Text.Json.Serialization;
using EdgeGesture.Service.Bench;
using EdgeGesture.Service.Clips;
using EdgeGesture.Service.Doctor;

namespace EdgeGesture.Service.Commands;

/// <summary>How the programs that read our JSON see it: snake_case keys.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(LatencyReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(PowerBenchReport))]
[JsonSerializable(typeof(ReplayCommand.GestureLine))]
[JsonSerializable(typeof(ReplayCommand.EndLine))]
internal sealed partial class ReportJson : JsonSerializerContext;
