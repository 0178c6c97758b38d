namespace EdgeGesture.Training.Synthesis;

/// <summary>What a hand does in one frame.</summary>
public enum Phase : byte
{
    /// <summary>Nothing of a gesture: rest, or some other activity.</summary>
    Background,

    /// <summary>The way to a gesture's beginning.</summary>
    Preparation,

    /// <summary>The gesture itself.</summary>
    Stroke,

    /// <summary>Just after it, while it still counts.</summary>
    Aftermath,

    /// <summary>The way back.</summary>
    Retraction,
}
