namespace EdgeGesture.Service.Control;

/// <summary>What the service answers: one line of JSON.</summary>
internal sealed record Reply
{
    public int V { get; init; } = Protocol.Version;

    /// <summary>Why there is no answer, a sentence; null when there is one.</summary>
    public string? Error { get; init; }

    public StatusReport? Status { get; init; }

    /// <summary>A JPEG or PNG file; base64 in JSON.</summary>
    public byte[]? Picture { get; init; }
}
