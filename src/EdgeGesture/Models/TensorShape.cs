using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeGesture.Models;

/// <summary>A cache of the model: its input's name, dimensions and element type (float, or 8-bit with one fixed scale).</summary>
/// <param name="Name">The name of the input that reads it.</param>
/// <param name="Dimensions">
/// Of a shift 1×(C/8)×h×w, or 1×h×w×(C/8) in an 8-bit model, whose kernels want the channels innermost; of a recurrent unit 1×1×width.
/// </param>
/// <param name="Type">Float, Int8 or UInt8.</param>
public sealed record TensorShape(string Name, IReadOnlyList<long> Dimensions, TensorElementType Type)
{
    /// <summary>Elements in all.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>Whether its elements are 8-bit integers.</summary>
    public bool IsInt8 => Type is TensorElementType.Int8 or TensorElementType.UInt8;

    /// <summary>What fills it with zeros: a model's zero point is the middle of the type's range, 0 or 128.</summary>
    public byte ZeroByte => (byte)(Type == TensorElementType.UInt8 ? 128 : 0);

    public override string ToString() => $"{Name} {string.Join('×', Dimensions)}{(Type == TensorElementType.Float ? "" : $" {Type.ToString().ToLowerInvariant()}")}";
}
