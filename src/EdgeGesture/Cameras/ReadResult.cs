namespace EdgeGesture.Cameras;

/// <summary>What a camera's read came to.</summary>
public enum ReadResult
{
    /// <summary>There is a frame.</summary>
    Frame,

    /// <summary>None came in time.</summary>
    Timeout,

    /// <summary>The file or stream has ended; no more will come.</summary>
    End,
}
