namespace EdgeGesture.Models;

/// <summary>A tensor of the model: its name, dimensions (NCHW) and whether its elements are 8-bit integers.</summary>
public sealed record TensorShape(string Name, IReadOnlyList<long> Dimensions, bool IsInt8)
{
    /// <summary>Elements in all.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, dimension) => product * dimension);

    public override string ToString() => $"{Name} {string.Join('×', Dimensions)}{(IsInt8 ? " int8" : "")}";
}
