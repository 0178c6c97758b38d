namespace EdgeGesture.Vision;

/// <summary>What the motion gate says of one frame.</summary>
public enum GateDecision
{
    /// <summary>Nothing moves: keep the frame for a replay, the network sleeps.</summary>
    Sleep,

    /// <summary>The network takes this frame: the scene moves, or a sign of life is due.</summary>
    Run,

    /// <summary>Motion has begun: the network takes the frames kept first, then this one.</summary>
    Wake,
}
