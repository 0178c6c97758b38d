using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Motions on the spot: turning, rolling, shaking the hand and drumming with the fingers.</summary>
public static class Turns
{
    /// <summary>The hand turns like on a knob; clockwise as the performer sees it.</summary>
    public static Gesture Turning(Stage stage, bool clockwise)
    {
        var dice = stage.Dice;
        var pose = HandPose.Between(HandPose.Spread, HandPose.GripClosed, dice.Between(0, 0.7f)).Varied(dice, 8);
        var ahead = dice.Between(0, 0.8f);
        var facing = HandKey.Towards(new Vector3(0, 1, ahead), new Vector3(0, -ahead, 1));
        var from = dice.Between(25, 60) * (clockwise ? -1 : 1);
        var to = -dice.Between(0.7f, 1.2f) * from;
        Quaternion At(float degrees) =>
            Quaternion.Normalize(Quaternion.CreateFromAxisAngle(Vector3.UnitZ, degrees * MathF.PI / 180) * facing);
        var place = dice.Offset(0.06f);
        var seconds = dice.Between(0.35f, 0.9f);
        return new Gesture(
            clockwise ? "Turning Hand Clockwise" : "Turning Hand Counterclockwise", place, At(from), pose,
            RecognisableAfter: 0.45f, track => track.Move(seconds, place + dice.Offset(0.02f), At(to), pose));
    }

    /// <summary>The forearm lies across the body and the hand circles about it; forward is over the top, away.</summary>
    public static Gesture Rolling(Stage stage, bool forward)
    {
        var dice = stage.Dice;
        var pose = HandPose.Between(HandPose.Open, HandPose.Relaxed, dice.Between(0, 1)).Varied(dice, 8);
        var radius = stage.Reach * dice.Between(0.05f, 0.1f);
        var middle = dice.Offset(0.05f);
        var fingers = new Vector3(1, dice.Between(-0.1f, 0.5f), dice.Between(0, 0.5f));
        var phase = dice.Between(0, 2 * MathF.PI);
        var sense = forward ? 1 : -1;
        Vector3 Place(float angle) => middle + radius * new Vector3(0, MathF.Cos(angle), MathF.Sin(angle));
        Quaternion At(float angle) => HandKey.Towards(fingers, new Vector3(0, -0.6f - 0.3f * MathF.Cos(angle), -0.6f - 0.4f * MathF.Sin(angle)));
        var cycleSeconds = dice.Between(0.4f, 0.8f);
        var steps = (int)(8 * dice.Between(1.8f, 3.2f));
        return new Gesture(
            forward ? "Rolling Hand Forward" : "Rolling Hand Backward", Place(phase), At(phase), pose,
            RecognisableAfter: 0.35f,
            track =>
            {
                for (var i = 1; i <= steps; i++)
                {
                    var angle = phase + sense * i * MathF.PI / 4;
                    track.Move(cycleSeconds / 8, Place(angle), At(angle), pose);
                }
            });
    }

    /// <summary>The raised hand is waved from side to side.</summary>
    public static Gesture Shaking(Stage stage)
    {
        var dice = stage.Dice;
        var pose = HandPose.Between(HandPose.Open, HandPose.Spread, dice.Between(0, 1)).Varied(dice, 8);
        var facing = HandKey.Towards(new Vector3(0, 1, dice.Between(0, 0.4f)), new Vector3(dice.Normal(0.2f), 0, 1));
        var half = dice.Between(12, 35) * MathF.PI / 180;
        var width = dice.Between(0.01f, 0.05f);
        var middle = dice.Offset(0.06f);
        var seconds = dice.Between(0.12f, 0.25f);
        var swings = 4 + dice.Below(5);
        Quaternion At(int side) => Quaternion.Normalize(Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -side * half) * facing);
        Vector3 Place(int side) => middle + new Vector3(side * width, 0, 0);
        return new Gesture(
            "Shaking Hand", Place(0), At(0), pose, RecognisableAfter: 0.4f,
            track =>
            {
                var side = dice.Chance(0.5f) ? 1 : -1;
                for (var i = 0; i < swings; i++, side = -side)
                    track.Move(seconds, Place(side), At(side), pose);
            });
    }

    /// <summary>The fingers drum one after another, as on a table or in the air.</summary>
    public static Gesture Drumming(Stage stage)
    {
        var dice = stage.Dice;
        var pose = HandPose.Between(HandPose.Open, HandPose.Relaxed, dice.Between(0.2f, 1)).Varied(dice, 8);
        var facing = HandKey.Towards(
            new Vector3(dice.Between(-0.3f, 0.7f), dice.Between(0, 1), dice.Between(0.3f, 1)),
            new Vector3(0, -dice.Between(0.3f, 1), dice.Between(0, 0.8f)));
        var place = dice.Offset(0.06f);
        var seconds = dice.Between(0.07f, 0.14f);
        var bend = dice.Between(30, 55);
        var taps = 8 + dice.Below(8);
        return new Gesture(
            "Drumming Fingers", place, facing, pose, RecognisableAfter: 0.35f,
            track =>
            {
                for (var i = 0; i < taps; i++)
                    track.Move(seconds, place, facing, pose.WithFingerBent(3 - i % 4, bend).WithFingerBent(3 - (i + 3) % 4, bend / 2));
            });
    }
}
