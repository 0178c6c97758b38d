using System.Numerics;

namespace EdgeGesture.Training.Data;

/// <summary>A real hand in a photo, found by a hand detector.</summary>
/// <param name="Side">Whose hand it is: right, left, or unknown.</param>
/// <param name="Score">How sure the detector is, 0..1.</param>
/// <param name="Points">
/// The points of <see cref="Synthesis.HandSight"/> in pixels right and down and about as many towards the camera; a single
/// one where only the wrist was found.
/// </param>
public sealed record PhotoHand(string Side, float Score, Vector3[] Points)
{
    public bool IsWhole => Points.Length == Synthesis.HandSight.PointCount;

    /// <summary>The direction out of the palm; null where nobody knows whose hand it is.</summary>
    public Vector3? Palm(ReadOnlySpan<Vector3> points)
    {
        if (Side is not ("right" or "left"))
            return null;

        // Seen from the palm's side, the index finger of a right hand is left of the little one, in a picture upright.
        var across = Vector3.Cross(points[5] - points[0], points[17] - points[0]);
        return across.Length() < 1e-3f ? null : Vector3.Normalize(Side == "right" ? across : -across);
    }
}
