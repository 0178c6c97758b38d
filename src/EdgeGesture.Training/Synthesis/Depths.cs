using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Pushing away and pulling in: the hand nears the camera or goes from it.</summary>
public static class Depths
{
    public static Gesture Push(Stage stage, bool twoFingers) => Along(stage, twoFingers, push: true);

    public static Gesture Pull(Stage stage, bool twoFingers) => Along(stage, twoFingers, push: false);

    private static Gesture Along(Stage stage, bool twoFingers, bool push)
    {
        var dice = stage.Dice;
        var pose = (twoFingers ? HandPose.TwoFingers : HandPose.Open).Varied(dice, 8);
        var palmAhead = push || dice.Chance(0.25f) || stage.Flat;
        var fingers = new Vector3(dice.Normal(0.2f), 1, dice.Between(-0.1f, twoFingers ? 0.8f : 0.35f));
        var facing = HandKey.Towards(fingers, palmAhead ? Vector3.UnitZ : -Vector3.UnitZ);
        var way = new Vector3(dice.Normal(0.1f), dice.Normal(0.15f), 1)
            * stage.Reach * dice.Between(0.08f, twoFingers ? 0.13f : 0.16f) * (push ? 1 : -1);
        var middle = dice.Offset(0.05f);
        var seconds = dice.Between(0.4f, 1);
        var what = twoFingers ? "Two Fingers" : "Hand";
        return new Gesture(
            push ? $"Pushing {what} Away" : $"Pulling {what} In", middle - way, facing, pose, RecognisableAfter: 0.45f,
            track => track.Move(seconds, middle + way, facing, pose));
    }
}
