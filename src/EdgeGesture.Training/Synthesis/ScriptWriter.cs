using System.Numerics;
using EdgeGesture.Models;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Writes the scripts of clips: gestures with their ways there and back, and clips without any.</summary>
public sealed class ScriptWriter(Sources sources)
{
    // A photographed hand shows its palm in one shape: only gestures that keep both.
    private static readonly HashSet<string> FlatLabels =
    [
        "Swiping Left", "Swiping Right", "Swiping Up", "Swiping Down", "Sliding Two Fingers Left",
        "Sliding Two Fingers Right", "Sliding Two Fingers Up", "Sliding Two Fingers Down", "Stop Sign",
        "Pushing Hand Away", "Pulling Hand In", "Pushing Two Fingers Away", "Shaking Hand",
    ];

    /// <summary>A clip in which <paramref name="label"/> is performed, or a background label's clip.</summary>
    public Script Write(Dice dice, string label) => label switch
    {
        JesterVocabulary.NoGesture => Quiet(dice),
        JesterVocabulary.DoingOtherThings => Busy(dice),
        _ => Performance(dice, label),
    };

    private Script Performance(Dice dice, string label)
    {
        var firstPerson = IsLine(label) && dice.Chance(0.4f);
        var flat = sources.Sprites.Count > 0 && FlatLabels.Contains(label) && dice.Chance(0.35f);
        var track = new HandTrack(dice, pace: dice.Between(0.75f, 1.35f));
        var stage = new Stage(dice, track, firstPerson, flat, Reach: dice.Between(0.8f, 1.25f));
        var gesture = GestureBook.Make(label, stage);
        var isSign = IsSign(label);
        var longestPause = LongestPause(gesture, slow: firstPerson || dice.Chance(0.3f));
        if (dice.Chance(firstPerson ? 0.6f : 0.35f))
        {
            track.StartAt(dice.Between(-0.6f, isSign || gesture.IsOpenHand ? 0 : 0.6f), gesture.Wrist, gesture.Facing, gesture.Pose);
            if (!isSign)
                track.Hold(dice.Between(0, longestPause));
        }
        else
        {
            var (wrist, facing) = Rest(dice, firstPerson);
            track.StartAt(dice.Between(-1.1f, 0.5f), wrist, facing, HandPose.Relaxed.Varied(dice, 10));
            track.Move(dice.Between(0.3f, 0.8f), gesture.Wrist, gesture.Facing, gesture.Pose);
            if (!isSign && dice.Chance(0.7f))
                track.Hold(dice.Between(0.05f, MathF.Min(longestPause, 0.5f)));
        }

        // A sign begins to show on the way to its place.
        var approachShare = isSign ? 0.4f : 0;
        track.Gesture(label, gesture.RecognisableAfter, () => gesture.Stroke(track), approachShare);
        if (!isSign && dice.Chance(0.7f))
            track.Hold(dice.Between(0.05f, 0.6f));
        if (dice.Chance(0.25f) && !flat)
        {
            // Back to the start, which is no gesture, and once more.
            track.Move(dice.Between(0.5f, 0.9f), gesture.Wrist, gesture.Facing, HandPose.Relaxed);
            track.Hold(dice.Between(0.1f, 0.4f));
            track.Move(0.15f, gesture.Wrist, gesture.Facing, gesture.Pose);
            track.Gesture(label, gesture.RecognisableAfter, () => gesture.Stroke(track), approachShare);
        }

        if (dice.Chance(0.8f) || flat)
        {
            var (wrist, facing) = Rest(dice, firstPerson);
            track.Move(dice.Between(0.35f, 0.8f), wrist, facing, HandPose.Relaxed.Varied(dice, 10));
        }
        else
        {
            // Stays where it is, but an open hand that is held is a Stop Sign.
            track.Move(0.3f, track.Last.Wrist, track.Last.Facing, HandPose.Relaxed.Varied(dice, 10));
            track.Hold(2);
        }

        return new Script(firstPerson, flat ? Sprite(dice, gesture.Pose) : null, track, Rest: null);
    }

    /// <summary>Nothing happens: no hand, or one that lies still.</summary>
    private static Script Quiet(Dice dice)
    {
        var firstPerson = dice.Chance(0.2f);
        if (dice.Chance(0.5f))
            return new Script(firstPerson, null, null, JesterVocabulary.NoGesture);
        var track = new HandTrack(dice, pace: 1);
        var (_, facing) = Rest(dice, firstPerson);
        track.StartAt(-1, dice.Offset(0.2f) - new Vector3(0, 0.1f, 0), facing, AnyPose(dice));
        for (var i = 0; i < 8; i++)
            track.Hold(0.6f);
        return new Script(firstPerson, null, track, JesterVocabulary.NoGesture);
    }

    /// <summary>Something happens that is no gesture.</summary>
    private Script Busy(Dice dice)
    {
        var firstPerson = dice.Chance(0.3f);
        var flat = sources.Sprites.Count > 0 && dice.Chance(0.3f);
        var track = new HandTrack(dice, pace: dice.Between(0.75f, 1.4f));
        var stage = new Stage(dice, track, firstPerson, flat, Reach: 1);
        var (wrist, facing) = Rest(dice, firstPerson);
        var pose = AnyPose(dice);
        if (dice.Chance(0.6f))
            track.StartAt(dice.Between(-0.8f, 0.8f), wrist, facing, pose);
        else
            track.StartAt(-0.5f, dice.Offset(0.12f), Any(dice, flat), pose);
        while (track.Now < ClipRenderer.Seconds)
        {
            switch (dice.Below(5))
            {
                case 0:
                    Wander(dice, track, flat);
                    break;
                case 1:
                    TouchFace(dice, track, flat);
                    break;
                case 2 when firstPerson && !flat:
                    Fidget(dice, track, stage);
                    break;
                case 2:
                    // Comes up as for a gesture, thinks better of it and goes down again.
                    var gesture = GestureBook.Make(dice.Pick(GestureBook.Labels.Where(label => !IsSign(label)).ToList()), stage);
                    var begun = HandPose.Between(HandPose.Relaxed, gesture.Pose, dice.Between(0.1f, 0.6f)).Varied(dice, 10);
                    track.Move(dice.Between(0.3f, 0.7f), gesture.Wrist, gesture.Facing, begun);
                    track.Hold(dice.Between(0.05f, 0.6f));
                    break;
                case 3 when dice.Chance(0.5f):
                    Circle(dice, track);
                    break;
                case 3:
                    Scribble(dice, track);
                    break;
                default:
                    // Reaches for the camera or the keyboard.
                    track.Move(dice.Between(0.4f, 0.8f), new Vector3(dice.Between(-0.1f, 0.2f), dice.Between(-0.2f, 0.1f), 0.15f), Any(dice, flat), HandPose.Relaxed.Varied(dice, 15));
                    track.Hold(dice.Between(0.1f, 0.6f));
                    break;
            }

            if (dice.Chance(0.6f))
            {
                (wrist, facing) = Rest(dice, firstPerson);
                track.Move(dice.Between(0.35f, 0.9f), wrist, facing, AnyPose(dice));
                track.Hold(dice.Between(0.1f, 0.8f));
            }
        }

        return new Script(firstPerson, flat ? dice.Pick(sources.Sprites[0]) : null, track, JesterVocabulary.DoingOtherThings);
    }

    // What before a camera is a gesture means nothing to one that looks along: hands open, close and turn at all they do.
    private static void Fidget(Dice dice, HandTrack track, Stage stage)
    {
        var motion = GestureBook.Make(dice.Pick(GestureBook.Labels.Where(label => !IsLine(label)).ToList()), stage);
        track.Move(dice.Between(0.3f, 0.7f), motion.Wrist, motion.Facing, motion.Pose);
        motion.Stroke(track);
    }

    private static void Wander(Dice dice, HandTrack track, bool flat)
    {
        var from = track.Last.Wrist;
        for (var i = 2 + dice.Below(4); i > 0; i--)
        {
            from = Vector3.Lerp(from, dice.Offset(0.16f), 0.7f);
            track.Move(dice.Between(0.2f, 0.6f), from, Any(dice, flat), AnyPose(dice));
        }
    }

    private static void TouchFace(Dice dice, HandTrack track, bool flat)
    {
        var place = new Vector3(dice.Between(0, 0.2f), dice.Between(0, 0.2f), -0.12f);
        var facing = flat ? Any(dice, flat) : HandKey.Towards(
            new Vector3(dice.Between(0, 0.8f), 1, -dice.Between(0, 0.5f)), new Vector3(dice.Between(-0.2f, 0.6f), 0, -1));
        var pose = HandPose.Relaxed.Varied(dice, 15);
        track.Move(dice.Between(0.4f, 0.8f), place, facing, pose);
        for (var i = dice.Below(8); i > 0; i--)
            track.Move(dice.Between(0.1f, 0.2f), place + dice.Offset(0.025f), facing, pose);
        track.Hold(dice.Between(0.1f, 0.6f));
    }

    private static void Circle(Dice dice, HandTrack track)
    {
        var radius = dice.Between(0.04f, 0.1f);
        var facing = HandKey.Towards(new Vector3(dice.Normal(0.2f), 1, dice.Between(0, 0.8f)), Vector3.UnitZ);
        var pose = (dice.Chance(0.7f) ? HandPose.Point : HandPose.Relaxed).Varied(dice, 8);
        var middle = dice.Offset(0.06f);
        var sense = dice.Chance(0.5f) ? 1 : -1;
        var phase = dice.Between(0, 6.3f);
        Vector3 Place(int step)
        {
            var angle = phase + sense * step * MathF.PI / 4;
            return middle + radius * new Vector3(MathF.Cos(angle), MathF.Sin(angle), 0);
        }

        track.Move(0.4f, Place(0), facing, pose);
        var stepSeconds = dice.Between(0.06f, 0.15f);
        for (var i = 1; i < 8 + dice.Below(9); i++)
            track.Move(stepSeconds, Place(i), facing, pose);
    }

    // A finger that goes to and fro, never far in one direction.
    private static void Scribble(Dice dice, HandTrack track)
    {
        var fingers = new Vector3(dice.Normal(0.3f), 1, dice.Between(0, 0.8f));
        var pose = HandPose.Point.Varied(dice, 8);
        var place = dice.Offset(0.08f);
        var angle = dice.Between(0, 6.3f);
        track.Move(0.4f, place, HandKey.Towards(fingers, Vector3.UnitZ), pose);
        for (var i = 3 + dice.Below(8); i > 0; i--)
        {
            angle += dice.Between(1, 5.3f);
            place += dice.Between(0.015f, 0.06f) * new Vector3(MathF.Cos(angle), MathF.Sin(angle), 0);
            fingers += new Vector3(dice.Normal(0.2f), 0, 0);
            track.Move(dice.Between(0.1f, 0.35f), place, HandKey.Towards(fingers, Vector3.UnitZ), pose);
        }
    }

    private static (Vector3 Wrist, Quaternion Facing) Rest(Dice dice, bool firstPerson)
    {
        var wrist = firstPerson
            ? new Vector3(dice.Between(-0.3f, 0.1f), -dice.Between(0.3f, 0.5f), -dice.Between(0, 0.2f))
            : new Vector3(dice.Between(-0.25f, 0.1f), -dice.Between(0.22f, 0.5f), dice.Between(-0.15f, 0.05f));
        var facing = HandKey.Towards(
            new Vector3(dice.Between(0, 1), dice.Between(-0.6f, 0.4f), dice.Between(0.1f, 1)),
            new Vector3(dice.Between(-0.3f, 0.6f), -1, dice.Between(-0.5f, 0.5f)));
        return (wrist, facing);
    }

    private static Quaternion Any(Dice dice, bool flat) => flat
        ? HandKey.Towards(new Vector3(dice.Normal(0.5f), 1, dice.Normal(0.2f)), Vector3.UnitZ)
        : HandKey.Towards(new Vector3(dice.Normal(0.6f), dice.Between(-0.4f, 1), dice.Between(-0.2f, 1)), dice.Offset(1));

    // Of no gesture: an open or a pointing hand that goes anywhere swipes, in whatever mind.
    private static HandPose AnyPose(Dice dice) => HandPose.Between(
        dice.Pick([HandPose.Relaxed, HandPose.Fist, HandPose.GripClosed]),
        dice.Pick([HandPose.Relaxed, HandPose.Open, HandPose.Point, HandPose.TwoFingers, HandPose.GripClosed]),
        dice.Between(0, 0.6f)).Varied(dice, 12);

    // Held for longer, an open hand is a Stop Sign.
    private static float LongestPause(Gesture gesture, bool slow) => gesture.IsOpenHand ? 0.3f : slow ? 1.1f : 0.5f;

    // All that performers do before a camera at their own eyes.
    private static bool IsLine(string label) =>
        label.StartsWith("Swiping", StringComparison.Ordinal) || label.StartsWith("Sliding", StringComparison.Ordinal);

    private static bool IsSign(string label) => label is "Stop Sign" or "Thumb Up" or "Thumb Down";

    private HandSprite Sprite(Dice dice, HandPose pose) => dice.Pick(sources.Sprites[pose.StretchedFingers switch
    {
        4 => dice.Chance(0.75f) ? 5 : 4,
        var count => count,
    }]);
}
