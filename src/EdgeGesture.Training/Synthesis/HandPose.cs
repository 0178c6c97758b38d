namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// How far each joint of a hand is bent. Angles are in degrees: for index, middle, ring and little finger the knuckle's
/// flexion, the middle joint's flexion (the last joint follows with 0.7 of it) and the spread towards the little
/// finger's side; for the thumb its swing across the palm, its swing towards the index finger, and its flexion.
/// </summary>
public sealed class HandPose
{
    private const int ThumbStart = 12;
    private readonly float[] _degrees;

    private HandPose(float[] degrees) => _degrees = degrees;

    public static HandPose Open { get; } = Of([4, 4, 4, 4], [6, 6, 6, 6], [0, 0, 0, 0], 10, 5, 5);

    public static HandPose Spread { get; } = Of([0, 0, 0, 0], [4, 4, 4, 4], [-12, -3, 7, 16], 0, -15, 0);

    public static HandPose Relaxed { get; } = Of([18, 22, 26, 30], [28, 32, 34, 36], [-2, 0, 2, 4], 25, 5, 15);

    public static HandPose Fist { get; } = Of([80, 85, 85, 82], [100, 100, 100, 95], [0, 0, 0, 0], 50, 15, 45);

    public static HandPose Point { get; } = Of([5, 80, 84, 80], [6, 100, 100, 95], [0, 0, 0, 0], 45, 12, 45);

    public static HandPose TwoFingers { get; } = Of([5, 5, 82, 80], [6, 6, 100, 95], [-2, 2, 0, 0], 50, 12, 45);

    public static HandPose ThumbOut { get; } = Of([82, 86, 86, 84], [100, 100, 100, 95], [0, 0, 0, 0], 0, -30, -5);

    public static HandPose PinchClosed { get; } = Of([48, 75, 80, 80], [42, 90, 95, 90], [0, 0, 0, 0], 45, 10, 18);

    public static HandPose PinchOpen { get; } = Of([8, 75, 80, 80], [10, 90, 95, 90], [-6, 0, 0, 0], 15, -18, 0);

    public static HandPose GripClosed { get; } = Of([52, 54, 56, 58], [46, 46, 46, 46], [4, 1, -3, -8], 50, 8, 20);


    public float Knuckle(int finger) => _degrees[finger * 3];

    public float MiddleJoint(int finger) => _degrees[finger * 3 + 1];

    public float SpreadAngle(int finger) => _degrees[finger * 3 + 2];

    public float ThumbAcross => _degrees[ThumbStart];

    public float ThumbIn => _degrees[ThumbStart + 1];

    public float ThumbFlexion => _degrees[ThumbStart + 2];

    /// <summary>How many of the four fingers are stretched out, 0..4.</summary>
    public int StretchedFingers => Enumerable.Range(0, 4).Count(finger => Knuckle(finger) < 40);

    /// <summary>The pose a share of <paramref name="part"/> (0..1) of the way from one to another.</summary>
    public static HandPose Between(HandPose from, HandPose to, float part)
    {
        var degrees = new float[from._degrees.Length];
        for (var i = 0; i < degrees.Length; i++)
            degrees[i] = from._degrees[i] + (to._degrees[i] - from._degrees[i]) * part;
        return new HandPose(degrees);
    }

    /// <summary>The pose as one person would make it: every angle off by some degrees.</summary>
    public HandPose Varied(Dice dice, float degrees)
    {
        var all = dice.Normal(degrees / 2);
        return new HandPose([.. _degrees.Select(angle => angle + all + dice.Normal(degrees / 2))]);
    }

    /// <summary>The pose with one finger (0 index … 3 little) bent further at the knuckle.</summary>
    public HandPose WithFingerBent(int finger, float degrees)
    {
        var changed = (float[])_degrees.Clone();
        changed[finger * 3] += degrees;
        changed[finger * 3 + 1] += degrees / 2;
        return new HandPose(changed);
    }

    private static HandPose Of(
        float[] knuckles, float[] middles, float[] spreads, float thumbAcross, float thumbIn, float thumbFlexion)
    {
        var degrees = new float[ThumbStart + 3];
        for (var finger = 0; finger < 4; finger++)
        {
            degrees[finger * 3] = knuckles[finger];
            degrees[finger * 3 + 1] = middles[finger];
            degrees[finger * 3 + 2] = spreads[finger];
        }

        degrees[ThumbStart] = thumbAcross;
        degrees[ThumbStart + 1] = thumbIn;
        degrees[ThumbStart + 2] = thumbFlexion;
        return new HandPose(degrees);
    }
}
