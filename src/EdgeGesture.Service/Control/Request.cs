namespace EdgeGesture.Service.Control;

/// <summary>What a client asks: one line of JSON.</summary>
internal sealed record Request
{
    /// <summary>The protocol's version: <see cref="Protocol.Version"/>.</summary>
    public int V { get; init; }

    /// <summary>"status" (once), "watch" (a status again and again), or "snapshot".</summary>
    public string Command { get; init; } = "";

    /// <summary>Of "watch": seconds between two lines, 0.1–60.</summary>
    public double IntervalSeconds { get; init; } = 1;

    /// <summary>Of "snapshot": "jpeg" or "png".</summary>
    public string Format { get; init; } = "jpeg";
}
