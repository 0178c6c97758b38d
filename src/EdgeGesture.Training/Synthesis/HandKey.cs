using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// Where the right hand is at one moment, in the performer's axes: metres from the middle of the gesture, +x to the
/// performer's left, +y up, +z forwards.
/// </summary>
/// <param name="Seconds">Time in the clip; may be before its start.</param>
/// <param name="Wrist">The wrist's place.</param>
/// <param name="Facing">Turns the hand's own axes (see <see cref="HandMesh"/>) into the performer's.</param>
/// <param name="Pose">The fingers.</param>
public readonly record struct HandKey(float Seconds, Vector3 Wrist, Quaternion Facing, HandPose Pose)
{
    /// <summary>The turn that points the fingers and the palm in two directions (the second is squared to the first).</summary>
    public static Quaternion Towards(Vector3 fingers, Vector3 palm)
    {
        var y = Vector3.Normalize(fingers);
        var z = Vector3.Normalize(palm - Vector3.Dot(palm, y) * y);
        var x = Vector3.Cross(y, z);
        return Quaternion.CreateFromRotationMatrix(new Matrix4x4(
            x.X, x.Y, x.Z, 0, y.X, y.Y, y.Z, 0, z.X, z.Y, z.Z, 0, 0, 0, 0, 1));
    }
}
