using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>A slow, irregular motion to and fro: a sum of three waves of each direction.</summary>
public sealed class Sway
{
    private readonly Vector4[] _waves = new Vector4[6];

    /// <param name="dice">The clip's random numbers.</param>
    /// <param name="reach">About the largest deviation.</param>
    public Sway(Dice dice, float reach)
    {
        for (var i = 0; i < _waves.Length; i++)
        {
            var hertz = dice.Between(0.1f, 1.6f);
            _waves[i] = new Vector4(reach * dice.Between(0.2f, 0.6f) / (1 + hertz), 2 * MathF.PI * hertz, dice.Between(0, 6.3f), 0);
        }
    }

    public Vector2 At(float seconds)
    {
        var sum = Vector2.Zero;
        for (var i = 0; i < _waves.Length; i++)
        {
            var value = _waves[i].X * MathF.Sin(_waves[i].Y * seconds + _waves[i].Z);
            sum += i < 3 ? new Vector2(value, 0) : new Vector2(0, value);
        }

        return sum;
    }
}
