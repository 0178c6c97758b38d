using System.Numerics;
using SharpGLTF.Schema2;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// The rigged right hand of the WebXR input profiles (25 joints), in metres, in the hand's own axes: the wrist at the
/// origin, +y along the middle finger, +z out of the palm, +x to the thumb's side. A left hand is its mirror image.
/// </summary>
public sealed class HandMesh
{
    private const int IndexKnuckle = 6;
    private const int MiddleKnuckle = 11;
    private const int LittleKnuckle = 21;
    private const int Joints = 25;
    private readonly Vector3[] _rest;
    private readonly int[] _joints;
    private readonly float[] _weights;
    private readonly Vector3[] _pivots;

    private HandMesh(Vector3[] rest, int[] joints, float[] weights, int[] triangles, Vector3[] pivots)
    {
        _rest = rest;
        _joints = joints;
        _weights = weights;
        Triangles = triangles;
        _pivots = pivots;
    }

    /// <summary>Three vertex indices a triangle.</summary>
    public IReadOnlyList<int> Triangles { get; }

    public int VertexCount => _rest.Length;

    /// <summary>The joints of the flat hand, metres: the wrist, then each finger from its root to its tip, the thumb first.</summary>
    public IReadOnlyList<Vector3> Pivots => _pivots;

    /// <summary>Vertices of the flat hand, metres.</summary>
    public IReadOnlyList<Vector3> Rest => _rest;

    /// <summary>Reads <c>right.glb</c>.</summary>
    public static HandMesh Load(string path)
    {
        if (!File.Exists(path))
            throw new TrainingException($"There is no hand mesh at {path}; --mesh takes the folder that holds right.glb.");
        var model = ModelRoot.Load(path);
        var primitive = model.LogicalMeshes[0].Primitives[0];
        var positions = primitive.GetVertexAccessor("POSITION").AsVector3Array();
        var joints = primitive.GetVertexAccessor("JOINTS_0").AsVector4Array();
        var weights = primitive.GetVertexAccessor("WEIGHTS_0").AsVector4Array();
        var skin = model.LogicalSkins[0];
        if (skin.JointsCount != Joints)
            throw new TrainingException($"{path} has {skin.JointsCount} joints, not the {Joints} of a WebXR hand; use the mesh that NOTICE names.");

        var pivots = new Vector3[Joints];
        for (var i = 0; i < Joints; i++)
            pivots[i] = skin.GetJoint(i).Joint.WorldMatrix.Translation;
        var up = Vector3.Normalize(pivots[MiddleKnuckle] - pivots[0]);
        var side = pivots[IndexKnuckle] - pivots[LittleKnuckle];
        side = Vector3.Normalize(side - Vector3.Dot(side, up) * up);
        var palm = Vector3.Cross(side, up);
        Vector3 ToHand(Vector3 p)
        {
            var q = p - pivots[0];
            return new Vector3(Vector3.Dot(q, side), Vector3.Dot(q, up), Vector3.Dot(q, palm));
        }

        var rest = positions.Select(ToHand).ToArray();
        return new HandMesh(
            rest,
            [.. joints.SelectMany(j => new[] { (int)j.X, (int)j.Y, (int)j.Z, (int)j.W })],
            [.. weights.SelectMany(w => new[] { w.X, w.Y, w.Z, w.W })],
            [.. primitive.GetIndices().Select(i => (int)i)],
            [.. pivots.Select(ToHand)]);
    }

    /// <summary>
    /// Writes the <see cref="HandSight.PointCount"/> points of the posed hand, in its own axes, to <paramref name="points"/>.
    /// </summary>
    public void Points(HandPose pose, Span<Vector3> points)
    {
        Span<Matrix4x4> moves = stackalloc Matrix4x4[Joints];
        Pose(pose, moves);
        points[0] = _pivots[0];
        for (var i = 1; i < HandSight.PointCount; i++)
        {
            // The mesh has one more joint in each finger but the thumb, within the palm.
            var joint = i <= 4 ? i : i + (i - 1) / 4;
            points[i] = Vector3.Transform(_pivots[joint], moves[joint]);
        }
    }

    /// <summary>Writes the posed vertices, in the hand's own axes, to <paramref name="vertices"/>.</summary>
    public void Skin(HandPose pose, Span<Vector3> vertices)
    {
        Span<Matrix4x4> moves = stackalloc Matrix4x4[Joints];
        Pose(pose, moves);
        for (var v = 0; v < _rest.Length; v++)
        {
            var sum = Vector3.Zero;
            for (var k = v * 4; k < v * 4 + 4; k++)
            {
                if (_weights[k] > 0)
                    sum += _weights[k] * Vector3.Transform(_rest[v], moves[_joints[k]]);
            }

            vertices[v] = sum;
        }
    }

    /// <summary>Writes the normals of <paramref name="vertices"/>, not of length 1, to <paramref name="normals"/>: the sums of their triangles'.</summary>
    public void Normals(ReadOnlySpan<Vector3> vertices, Span<Vector3> normals)
    {
        normals.Clear();
        for (var t = 0; t < Triangles.Count; t += 3)
        {
            var (a, b, c) = (Triangles[t], Triangles[t + 1], Triangles[t + 2]);
            var normal = Vector3.Cross(vertices[b] - vertices[a], vertices[c] - vertices[a]);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }
    }

    private void Pose(HandPose pose, Span<Matrix4x4> moves)
    {
        moves[0] = Matrix4x4.Identity;
        Thumb(pose, moves);
        for (var finger = 0; finger < 4; finger++)
            Finger(pose, finger, 5 + finger * 5, moves);
    }

    private void Finger(HandPose pose, int finger, int metacarpal, Span<Matrix4x4> moves)
    {
        var along = Vector3.Normalize(_pivots[metacarpal + 2] - _pivots[metacarpal + 1]);
        var bend = Vector3.Normalize(Vector3.Cross(along, Vector3.UnitZ));
        moves[metacarpal] = moves[0];
        var knuckle = Turn(bend, pose.Knuckle(finger)) * Turn(Vector3.UnitZ, pose.SpreadAngle(finger));
        moves[metacarpal + 1] = About(_pivots[metacarpal + 1], knuckle) * moves[metacarpal];
        moves[metacarpal + 2] = About(_pivots[metacarpal + 2], Turn(bend, pose.MiddleJoint(finger))) * moves[metacarpal + 1];
        moves[metacarpal + 3] = About(_pivots[metacarpal + 3], Turn(bend, 0.7f * pose.MiddleJoint(finger))) * moves[metacarpal + 2];
        moves[metacarpal + 4] = moves[metacarpal + 3];
    }

    private void Thumb(HandPose pose, Span<Matrix4x4> moves)
    {
        var along = Vector3.Normalize(_pivots[4] - _pivots[2]);
        var bend = Vector3.Normalize(Vector3.Cross(along, Vector3.Normalize(new Vector3(-1, 0.2f, 0.6f))));
        var root = Turn(Vector3.UnitY, -pose.ThumbAcross) * Turn(Vector3.UnitZ, pose.ThumbIn);
        moves[1] = About(_pivots[1], root) * moves[0];
        moves[2] = About(_pivots[2], Turn(bend, 0.8f * pose.ThumbFlexion)) * moves[1];
        moves[3] = About(_pivots[3], Turn(bend, pose.ThumbFlexion)) * moves[2];
        moves[4] = moves[3];
    }

    private static Matrix4x4 Turn(Vector3 axis, float degrees) =>
        Matrix4x4.CreateFromAxisAngle(axis, degrees * MathF.PI / 180);

    private static Matrix4x4 About(Vector3 pivot, Matrix4x4 turn) =>
        Matrix4x4.CreateTranslation(-pivot) * turn * Matrix4x4.CreateTranslation(pivot);
}
