using EdgeGesture.Training.Exporting.Onnx;

namespace EdgeGesture.Training.Quantising;

/// <summary>
/// The 8-bit type of activations. With signed weights, unsigned activations are the fast choice on x86-64 and signed
/// ones on ARM.
/// </summary>
public sealed class ActivationType
{
    private readonly int _lowest;

    private ActivationType(TensorProto.Types.DataType onnx, int lowest, int weightLimit)
    {
        Onnx = onnx;
        _lowest = lowest;
        WeightLimit = weightLimit;
    }

    /// <summary>
    /// 0 to 255. x86-64 processors without VNNI add two products in 16 bits, which hold 2·255·64 and not 2·255·127
    /// (onnxruntime.ai/docs/performance/model-optimizations/quantization.html, reduce range).
    /// </summary>
    public static ActivationType U8 { get; } = new(TensorProto.Types.DataType.Uint8, 0, weightLimit: 64);

    /// <summary>−128 to 127.</summary>
    public static ActivationType S8 { get; } = new(TensorProto.Types.DataType.Int8, -128, weightLimit: 127);

    public TensorProto.Types.DataType Onnx { get; }

    /// <summary>The largest weight that convolutions of such activations may have, in steps.</summary>
    public int WeightLimit { get; }

    /// <summary>All 256 steps from <paramref name="min"/> to <paramref name="max"/>, where 0 is a step of its own.</summary>
    public TensorScale Between(float min, float max)
    {
        (min, max) = (MathF.Min(min, 0), MathF.Max(max, 0));
        var scale = MathF.Max((max - min) / 255, TensorScale.Smallest);
        return new TensorScale(scale, _lowest + (int)MathF.Round(-min / scale));
    }

    /// <summary>
    /// Steps from −<paramref name="limit"/> to <paramref name="limit"/> with 0 in the middle: the same steps in either
    /// type, so that a cache, which is signed with its zero at 0, holds exactly what the activation was.
    /// </summary>
    public TensorScale Symmetric(float limit) => new(MathF.Max(limit / 127, TensorScale.Smallest), _lowest + 128);
}
