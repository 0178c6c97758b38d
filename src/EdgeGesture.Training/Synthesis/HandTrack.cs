using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// The way of one hand through a clip, written down step by step, with the gestures in it.
/// </summary>
public sealed class HandTrack(Dice dice, float pace)
{
    private readonly List<HandKey> _keys = [];
    private readonly List<LabelSpan> _spans = [];

    public IReadOnlyList<LabelSpan> Spans => _spans;

    /// <summary>The time that the next step starts at, seconds.</summary>
    public float Now { get; private set; }

    public HandKey Last => _keys[^1];

    public void StartAt(float seconds, Vector3 wrist, Quaternion facing, HandPose pose)
    {
        Now = seconds;
        _keys.Add(new HandKey(seconds, wrist, facing, pose));
    }

    /// <summary>Goes to a place within <paramref name="seconds"/>, sooner or later by the performer's pace.</summary>
    public void Move(float seconds, Vector3 wrist, Quaternion facing, HandPose pose)
    {
        Now += seconds * pace;
        _keys.Add(new HandKey(Now, wrist, facing, pose));
    }

    /// <summary>Stays, as still as a hand can.</summary>
    public void Hold(float seconds)
    {
        var tremor = dice.Offset(0.006f);
        var turn = Quaternion.CreateFromYawPitchRoll(dice.Normal(0.03f), dice.Normal(0.03f), dice.Normal(0.03f));
        Move(seconds, Last.Wrist + tremor, Quaternion.Normalize(Last.Facing * turn), Last.Pose);
    }

    /// <summary>
    /// Makes a gesture of the steps in <paramref name="stroke"/>; it can be told from others after
    /// <paramref name="recognisableAfter"/> (0..1) of them. The last <paramref name="approachShare"/> (0..1) of the step
    /// before may show it already.
    /// </summary>
    public void Gesture(string label, float recognisableAfter, Action stroke, float approachShare = 0)
    {
        var start = Now;
        var shown = _keys.Count > 1 ? start - approachShare * (start - _keys[^2].Seconds) : start;
        stroke();
        _spans.Add(new LabelSpan(label, shown, start + (Now - start) * recognisableAfter, Now));
    }

    /// <summary>The hand at a time; it accelerates and brakes smoothly between the steps.</summary>
    public HandKey At(float seconds)
    {
        if (seconds <= _keys[0].Seconds)
            return _keys[0];
        for (var i = 1; i < _keys.Count; i++)
        {
            var (a, b) = (_keys[i - 1], _keys[i]);
            if (seconds >= b.Seconds)
                continue;
            var part = (seconds - a.Seconds) / (b.Seconds - a.Seconds);
            part = part * part * (3 - 2 * part);
            return new HandKey(
                seconds,
                Vector3.Lerp(a.Wrist, b.Wrist, part),
                Quaternion.Slerp(a.Facing, b.Facing, part),
                HandPose.Between(a.Pose, b.Pose, part));
        }

        return _keys[^1];
    }
}
