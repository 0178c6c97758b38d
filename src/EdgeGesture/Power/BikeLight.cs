namespace EdgeGesture.Power;

/// <summary>A measure that people have seen: the published system was praised for taking no more than one.</summary>
public static class BikeLight
{
    /// <summary>What a bicycle's front light takes.</summary>
    public const double Watts = 3;
}
