using System.Text.Json.Serialization;

namespace EdgeGesture.Service.Control;

/// <summary>The control socket's lines: each a JSON object, requests up, replies down.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class Protocol : JsonSerializerContext
{
    /// <summary>Grows when an old client would misunderstand; new keys alone do not count.</summary>
    public const int Version = 1;

    /// <summary>Bytes of a request at most.</summary>
    public const int LongestRequest = 4096;

    /// <summary>Bytes of a reply at most; a picture is the longest.</summary>
    public const int LongestReply = 64 << 20;
}
