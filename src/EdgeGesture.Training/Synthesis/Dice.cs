namespace EdgeGesture.Training.Synthesis;

/// <summary>Seeded random numbers in the forms that clips are made of.</summary>
public sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A number between the two, evenly spread.</summary>
    public float Between(float low, float high) => low + (high - low) * _random.NextSingle();

    /// <summary>A number of the normal distribution around 0.</summary>
    public float Normal(float deviation)
    {
        var radius = MathF.Sqrt(-2 * MathF.Log(1 - _random.NextSingle()));
        return deviation * radius * MathF.Cos(2 * MathF.PI * _random.NextSingle());
    }

    /// <summary>True in a share of <paramref name="probability"/> (0..1) of the calls.</summary>
    public bool Chance(float probability) => _random.NextSingle() < probability;

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => _random.Next(count);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>A point within ±<paramref name="reach"/> on each axis.</summary>
    public System.Numerics.Vector3 Offset(float reach) =>
        new(Between(-reach, reach), Between(-reach, reach), Between(-reach, reach));
}
