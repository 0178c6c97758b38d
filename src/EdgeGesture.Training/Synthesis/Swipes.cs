using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Swipes and slides: the hand crosses the picture in a line.</summary>
public static class Swipes
{
    public static Gesture Left(Stage stage, HandShape shape) => Sideways(stage, shape, Vector3.UnitX, "Left");

    public static Gesture Right(Stage stage, HandShape shape) => Sideways(stage, shape, -Vector3.UnitX, "Right");

    public static Gesture Up(Stage stage, HandShape shape) => Upright(stage, shape, Vector3.UnitY, "Up");

    public static Gesture Down(Stage stage, HandShape shape) => Upright(stage, shape, -Vector3.UnitY, "Down");

    private static Gesture Sideways(Stage stage, HandShape shape, Vector3 direction, string name)
    {
        var dice = stage.Dice;
        var pose = Pose(shape).Varied(dice, 8);
        var palmTurn = shape == HandShape.Open && !stage.Flat
            ? dice.Between(0, dice.Chance(0.2f) ? 150 : 95)
            : stage.Flat ? dice.Between(-20, 20) : dice.Between(-25, 45);
        var lean = dice.Between(0, stage.Flat ? 15 : 55);
        var fingers = Turned(Vector3.UnitY, Vector3.UnitX, lean);
        var palm = Turned(Vector3.UnitZ, Vector3.UnitY, palmTurn);
        if (shape == HandShape.Open && !stage.Flat && dice.Chance(0.3f))
        {
            // The forearm lies across the body, the fingers point to the other side.
            fingers = new Vector3(1, dice.Between(-0.1f, 0.6f), dice.Between(0, 0.5f));
            palm = new Vector3(0, dice.Between(-0.3f, 0.2f), dice.Chance(0.7f) ? -1 : 1);
        }

        var base0 = HandKey.Towards(fingers, palm);
        var half = HalfLength(stage, shape);
        var middle = dice.Offset(0.05f);
        var slope = new Vector3(0, dice.Normal(0.12f), dice.Normal(0.15f));
        var sway = dice.Between(5, 40) * (shape == HandShape.Open ? 1 : 0.5f);
        var arc = dice.Between(-0.02f, 0.06f);
        Quaternion At(float along) => Quaternion.Normalize(
            Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -along * direction.X * sway * MathF.PI / 180) * base0);
        Vector3 Place(float along) =>
            middle + half * along * (direction + slope) + new Vector3(0, arc * (1 - along * along), 0);

        var seconds = Seconds(stage, shape);
        return new Gesture(
            Label(shape, name), Place(-1), At(-1), pose, RecognisableAfter: 0.4f,
            track =>
            {
                track.Move(seconds / 2, Place(0), At(0), pose);
                track.Move(seconds / 2, Place(1), At(1), pose);
            });
    }

    private static Gesture Upright(Stage stage, HandShape shape, Vector3 direction, string name)
    {
        var dice = stage.Dice;
        var pose = Pose(shape).Varied(dice, 8);
        var half = HalfLength(stage, shape) * 0.9f;
        var middle = dice.Offset(0.05f);
        var slope = new Vector3(dice.Normal(0.12f), 0, dice.Normal(0.12f));
        var seconds = Seconds(stage, shape);
        Quaternion start, end;
        if (shape == HandShape.Open && !stage.Flat)
        {
            var ahead = dice.Between(0, 85);
            var level = new Vector3(Cos(ahead), dice.Between(-0.2f, 0.3f), Sin(ahead));
            if (dice.Chance(0.5f))
            {
                // The whole flat hand is lifted or pressed down.
                var palm = dice.Chance(0.75f) ? direction : -direction;
                start = HandKey.Towards(level - 0.3f * direction, palm);
                end = HandKey.Towards(level + 0.5f * direction, palm);
            }
            else
            {
                // The forearm hinges at the elbow.
                var palm = dice.Chance(0.5f) ? -Vector3.UnitZ : Vector3.UnitZ;
                var raised = HandKey.Towards(new Vector3(dice.Between(-0.2f, 0.5f), 1, dice.Between(-0.1f, 0.3f)), palm);
                var lowered = HandKey.Towards(
                    level - 0.2f * Vector3.UnitY, palm.Z > 0 ? -Vector3.UnitY : Vector3.UnitY + 0.3f * palm);
                (start, end) = direction.Y > 0 ? (lowered, raised) : (raised, lowered);
                half *= 0.8f;
            }
        }
        else
        {
            var lean = dice.Between(0, stage.Flat ? 15 : 60);
            var fingers = Turned(Vector3.UnitY, Vector3.UnitX, lean) + new Vector3(dice.Between(-0.2f, 0.6f), 0, 0);
            var palm = Turned(Vector3.UnitZ, Vector3.UnitY, stage.Flat ? dice.Between(-20, 20) : dice.Between(-25, 45));
            var tilt = dice.Between(-5, 25);
            start = HandKey.Towards(Turned(fingers, Vector3.UnitX, direction.Y * tilt), palm);
            end = HandKey.Towards(Turned(fingers, Vector3.UnitX, -direction.Y * tilt), palm);
        }

        var from = middle - half * (direction + slope);
        var to = middle + half * (direction + slope);
        return new Gesture(
            Label(shape, name), from, start, pose, RecognisableAfter: 0.4f, track => track.Move(seconds, to, end, pose));
    }

    private static string Label(HandShape shape, string direction) =>
        shape == HandShape.TwoFingers ? $"Sliding Two Fingers {direction}" : $"Swiping {direction}";

    private static HandPose Pose(HandShape shape) => shape switch
    {
        HandShape.Index => HandPose.Point,
        HandShape.TwoFingers => HandPose.TwoFingers,
        _ => HandPose.Open,
    };

    private static float HalfLength(Stage stage, HandShape shape) => stage.Reach * (shape, stage.FirstPerson) switch
    {
        (HandShape.Open, false) => stage.Dice.Between(0.11f, 0.24f),
        (HandShape.TwoFingers, _) => stage.Dice.Between(0.05f, 0.14f),
        _ => stage.Dice.Between(0.05f, 0.17f),
    };

    // A whole hand before the camera sweeps; fingers, and what performers see of their own hands, may also go slowly.
    private static float Seconds(Stage stage, HandShape shape) => shape == HandShape.Open && !stage.FirstPerson
        ? stage.Dice.Between(0.3f, 0.85f)
        : MathF.Exp(stage.Dice.Between(MathF.Log(0.3f), MathF.Log(2)));

    private static Vector3 Turned(Vector3 v, Vector3 axis, float degrees) =>
        Vector3.Transform(v, Quaternion.CreateFromAxisAngle(axis, degrees * MathF.PI / 180));

    private static float Cos(float degrees) => MathF.Cos(degrees * MathF.PI / 180);

    private static float Sin(float degrees) => MathF.Sin(degrees * MathF.PI / 180);
}
