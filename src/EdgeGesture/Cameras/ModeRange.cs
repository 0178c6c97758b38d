using System.Globalization;

namespace EdgeGesture.Cameras;

/// <summary>The values that a camera offers of one quantity: from Least to Most in steps; one value where both are the same.</summary>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
/// <param name="Step">Between two, from the smallest on; 0 for any.</param>
public readonly record struct ModeRange(double Least, double Most, double Step = 0)
{
    public static ModeRange Only(double value) => new(value, value);

    /// <summary>The value nearest to the wanted one.</summary>
    public double Nearest(double wanted)
    {
        var value = Math.Clamp(wanted, Least, Most);
        return Step > 0 ? Math.Min(Least + Math.Round((value - Least) / Step) * Step, Most) : value;
    }

    public override string ToString() => Least == Most
        ? string.Create(CultureInfo.InvariantCulture, $"{Least:0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"{Least:0.##}–{Most:0.##}");
}
