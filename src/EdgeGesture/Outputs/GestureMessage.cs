using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>A gesture as other programs get it, as JSON.</summary>
internal sealed partial record GestureMessage(string Gesture, double Confidence)
{
    public static string ToJson(in GestureEvent gesture) =>
        JsonSerializer.Serialize(new GestureMessage(gesture.Gesture, Math.Round(gesture.Confidence, 3)), MessageJson.Default.GestureMessage);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(GestureMessage))]
    private sealed partial class MessageJson : JsonSerializerContext;
}
