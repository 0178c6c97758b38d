using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Signs: the hand is brought up in a shape and held.</summary>
public static class Signs
{
    // An open hand may also pause before it swipes.
    private const float StopSeconds = 0.5f;

    private const float ThumbSeconds = 0.3f;

    public static Gesture Stop(Stage stage)
    {
        var dice = stage.Dice;
        var pose = HandPose.Between(HandPose.Open, HandPose.Spread, dice.Between(0, 1)).Varied(dice, 8);
        var fingers = new Vector3(dice.Normal(0.15f), 1, dice.Between(-0.15f, 0.3f));
        var palm = new Vector3(dice.Normal(0.2f), dice.Normal(0.1f), 1);
        return Held("Stop Sign", stage, HandKey.Towards(fingers, palm), pose, approach: dice.Chance(0.5f) ? 0.08f : 0.02f, StopSeconds);
    }

    public static Gesture ThumbUp(Stage stage) => Thumb(stage, "Thumb Up", 1);

    public static Gesture ThumbDown(Stage stage) => Thumb(stage, "Thumb Down", -1);

    private static Gesture Thumb(Stage stage, string label, int up)
    {
        var dice = stage.Dice;

        // From the fingers pointing left across the body (back of the hand to the camera) to pointing at the camera.
        var ahead = dice.Between(-0.2f, 1.4f);
        var fingers = new Vector3(MathF.Cos(ahead), dice.Normal(0.15f), MathF.Sin(ahead));
        var thumb = new Vector3(dice.Normal(0.15f), up, dice.Normal(0.15f));
        return Held(
            label, stage, HandKey.Towards(fingers, Vector3.Cross(thumb, fingers)), HandPose.ThumbOut.Varied(dice, 8),
            approach: 0.03f, ThumbSeconds);
    }

    private static Gesture Held(string label, Stage stage, Quaternion facing, HandPose pose, float approach, float recognisableSeconds)
    {
        const float ApproachSeconds = 0.15f;
        var dice = stage.Dice;
        var place = dice.Offset(0.06f);
        var held = dice.Between(0.7f, 1.8f);
        var nods = dice.Chance(0.25f) ? dice.Between(0.02f, 0.05f) : 0;
        return new Gesture(
            label, place - new Vector3(0, approach / 2, approach), facing, pose,
            RecognisableAfter: recognisableSeconds / (ApproachSeconds + held),
            track =>
            {
                track.Move(ApproachSeconds, place, facing, pose);
                for (var left = held; left > 0; left -= 0.25f)
                {
                    if (nods > 0)
                        track.Move(0.25f, place + new Vector3(0, dice.Between(-nods, nods), dice.Between(0, nods)), facing, pose);
                    else
                        track.Hold(0.25f);
                }
            });
    }
}
