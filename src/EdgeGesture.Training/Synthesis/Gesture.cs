using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>One gesture, ready to be performed: the place it starts from, and its steps.</summary>
/// <param name="Label">The Jester label.</param>
/// <param name="Wrist">Where the wrist starts, metres (performer's axes).</param>
/// <param name="Facing">How the hand is turned at the start.</param>
/// <param name="Pose">The fingers at the start.</param>
/// <param name="RecognisableAfter">The share (0..1) of the stroke after which it can be told from others.</param>
/// <param name="Stroke">Continues a track that stands at the start.</param>
public sealed record Gesture(
    string Label, Vector3 Wrist, Quaternion Facing, HandPose Pose, float RecognisableAfter, Action<HandTrack> Stroke)
{
    /// <summary>Whether it starts with all fingers stretched.</summary>
    public bool IsOpenHand => Pose.StretchedFingers == 4;
}
