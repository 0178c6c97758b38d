using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Skin and cloth colours, RGB in 0..1.</summary>
public static class Skin
{
    private static readonly Vector3[] Tones =
    [
        new(1.00f, 0.86f, 0.76f), new(0.94f, 0.76f, 0.64f), new(0.88f, 0.67f, 0.52f), new(0.78f, 0.57f, 0.42f),
        new(0.66f, 0.45f, 0.32f), new(0.52f, 0.34f, 0.24f), new(0.38f, 0.24f, 0.17f), new(0.27f, 0.17f, 0.12f),
    ];

    /// <summary>A tone between the lightest and the darkest.</summary>
    public static Vector3 Random(Dice dice)
    {
        var at = dice.Between(0, Tones.Length - 1.001f);
        var tone = Vector3.Lerp(Tones[(int)at], Tones[(int)at + 1], at - (int)at);
        return tone + new Vector3(dice.Normal(0.03f), dice.Normal(0.02f), dice.Normal(0.03f));
    }

    /// <summary>A cloth's colour; dark, grey and coloured ones.</summary>
    public static Vector3 Cloth(Dice dice)
    {
        var grey = dice.Between(0.03f, 0.9f);
        var colour = new Vector3(dice.Between(0, 1), dice.Between(0, 1), dice.Between(0, 1)) * dice.Between(0.3f, 1);
        return Vector3.Lerp(new Vector3(grey), colour, dice.Chance(0.5f) ? dice.Between(0, 0.2f) : dice.Between(0.3f, 1));
    }
}
