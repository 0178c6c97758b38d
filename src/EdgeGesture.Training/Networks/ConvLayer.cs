using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// One convolution with its batch norm folded in: weight O×I×k×k, bias O, TensorFlow's SAME padding, and ReLU6 unless
/// it is linear.
/// </summary>
public sealed class ConvLayer
{
    public ConvLayer(string name, int inputs, int outputs, int kernel, int stride, bool depthwise, bool relu6)
    {
        Name = name;
        Kernel = kernel;
        Stride = stride;
        Groups = depthwise ? inputs : 1;
        Relu6 = relu6;
        var fanIn = inputs / Groups * kernel * kernel;
        Weight = new Parameter(randn(outputs, inputs / Groups, kernel, kernel) * Math.Sqrt(2.0 / fanIn));
        Bias = new Parameter(zeros(outputs));
    }

    /// <summary>The layer's name in weight files, for example <c>features.5.expand</c>.</summary>
    public string Name { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public int Groups { get; }

    public bool Relu6 { get; }

    public Parameter Weight { get; }

    public Parameter Bias { get; }

    /// <summary>
    /// The zeros that SAME padding adds before (top, left) and after (bottom, right) a side of <paramref name="size"/>
    /// pixels. At stride 2 an even side is padded after only.
    /// </summary>
    public (int Before, int After) Padding(int size)
    {
        var total = Math.Max((OutputSize(size) - 1) * Stride + Kernel - size, 0);
        return (total / 2, total - total / 2);
    }

    /// <summary>The side of the output for an input side of <paramref name="size"/> pixels.</summary>
    public int OutputSize(int size) => (size + Stride - 1) / Stride;

    /// <summary>
    /// N×I×h×w to N×O×h/stride×w/stride; weights are taken in the input's number type. Where it is to be learnt, a depthwise
    /// convolution with a stride works in float32: oneDNN's way back through it takes 15 to 50 times longer in bfloat16.
    /// </summary>
    public Tensor Forward(Tensor x)
    {
        var (before, after) = Padding((int)x.shape[2]);
        if (before != after)
            x = nn.functional.pad(x, [0L, after, 0L, after]);
        var type = x.dtype;
        if (Groups > 1 && Stride > 1 && is_grad_enabled())
            x = x.to_type(ScalarType.Float32);
        var padding = before == after ? before : 0L;
        var y = nn.functional.conv2d(
            x, Weight.to_type(x.dtype), Bias.to_type(x.dtype), [Stride, Stride], [padding, padding], [1L, 1L], Groups).to_type(type);
        return Relu6 ? nn.functional.relu6(y, inplace: true) : y;
    }
}
