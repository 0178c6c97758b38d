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

    /// <summary>
    /// A supervised camera has just been lost: said once, then nothing comes until it is back. What was seen before has
    /// nothing to do with what comes next.
    /// </summary>
    Lost,
}
