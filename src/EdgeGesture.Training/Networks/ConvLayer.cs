using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// One convolution with its batch norm folded in: weight O×I×k×k, bias O, TensorFlow's SAME padding or none, and ReLU6
/// unless it is linear. One that spans several frames (taps) has the weight O×I×taps×k×k, the newest frame's last; before the
/// first frame there are zeros.
/// </summary>
public sealed class ConvLayer
{
    private readonly bool _padded;

    public ConvLayer(
        string name, int inputs, int outputs, int kernel, int stride, bool depthwise, bool relu6, int taps = 1, bool padded = true)
    {
        _padded = padded;
        Name = name;
        Kernel = kernel;
        Stride = stride;
        Groups = depthwise ? inputs : 1;
        Taps = taps;
        Relu6 = relu6;
        var fanIn = inputs / Groups * kernel * kernel * taps;
        long[] shape = taps == 1 ? [outputs, inputs / Groups, kernel, kernel] : [outputs, inputs / Groups, taps, kernel, kernel];
        Weight = new Parameter(randn(shape) * Math.Sqrt(2.0 / fanIn));
        Bias = new Parameter(zeros(outputs));
    }

    /// <summary>The layer's name in weight files, for example <c>features.5.expand</c>.</summary>
    public string Name { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public int Groups { get; }

    /// <summary>How many frames the kernel spans: this one and those before it.</summary>
    public int Taps { get; }

    /// <summary>Whether a kernel over several frames is computed by the library's conv3d, for comparison.</summary>
    public bool UsesConv3d { get; set; }

    public bool Relu6 { get; }

    public Parameter Weight { get; }

    public Parameter Bias { get; }

    public IEnumerable<(string Name, Parameter Value)> Parameters => [($"{Name}.weight", Weight), ($"{Name}.bias", Bias)];

    /// <summary>
    /// The zeros that SAME padding adds before (top, left) and after (bottom, right) a side of <paramref name="size"/>
    /// pixels. At stride 2 an even side is padded after only.
    /// </summary>
    public (int Before, int After) Padding(int size)
    {
        var total = _padded ? Math.Max((OutputSize(size) - 1) * Stride + Kernel - size, 0) : 0;
        return (total / 2, total - total / 2);
    }

    /// <summary>The side of the output for an input side of <paramref name="size"/> pixels.</summary>
    public int OutputSize(int size) => _padded ? (size + Stride - 1) / Stride : (size - Kernel) / Stride + 1;

    /// <summary>
    /// (frames·clips)×I×h×w, time-major, to (frames·clips)×O×h/stride×w/stride; weights are taken in the input's number
    /// type. Where it is to be learnt, a depthwise convolution with a stride works in float32: oneDNN's way back through it
    /// takes 15 to 50 times longer in bfloat16.
    /// </summary>
    public Tensor Forward(Tensor x, int clips)
    {
        var (before, after) = Padding((int)x.shape[2]);
        if (before != after)
            x = nn.functional.pad(x, [0L, after, 0L, after]);
        var type = x.dtype;
        if (Groups > 1 && Stride > 1 && is_grad_enabled())
            x = x.to_type(ScalarType.Float32);
        var padding = before == after ? before : 0L;
        var y = Taps == 1 ? Convolve(x, Weight, padding) : ConvolveTime(x, padding, clips);
        y = y.to_type(type);
        return Relu6 ? nn.functional.relu6(y, inplace: true) : y;
    }

    private Tensor Convolve(Tensor x, Tensor weight, long padding)
    {
        weight = weight.to_type(x.dtype);
        var bias = Bias.to_type(x.dtype);

        // A kernel that covers the whole input is a product. For one of 6×6 on channels that are innermost in memory,
        // oneDNN's convolution in float32 gives wrong numbers at some batch sizes (2, 4, 128).
        if (!_padded && Groups == 1 && x.shape[2] == Kernel)
            return nn.functional.linear(x.flatten(1), weight.flatten(1), bias).unsqueeze(2).unsqueeze(3);
        return nn.functional.conv2d(x, weight, bias, [Stride, Stride], [padding, padding], [1L, 1L], Groups);
    }

    // A convolution over time is the sum of convolutions of the single frames, each delayed by its age. On processors this
    // learns two to four times faster than conv3d, which gives the same numbers.
    private Tensor ConvolveTime(Tensor x, long padding, int clips)
    {
        if (UsesConv3d)
            return Convolve3d(x, padding, clips);
        var y = Convolve(x, Weight.select(2, Taps - 1), padding);
        for (var age = 1; age < Taps && age * clips < x.shape[0]; age++)
        {
            var weight = Weight.select(2, Taps - 1 - age).to_type(x.dtype);
            var earlier = nn.functional.conv2d(x, weight, null, [Stride, Stride], [padding, padding], [1L, 1L], Groups).permute(0, 2, 3, 1);
            var none = zeros_like(earlier.narrow(0, 0, age * clips));
            y = y + cat([none, earlier.narrow(0, 0, x.shape[0] - age * clips)], 0).permute(0, 3, 1, 2);
        }

        return y;
    }

    private Tensor Convolve3d(Tensor x, long padding, int clips)
    {
        // Clips×I×frames×h×w with zeros before the first frame, channels innermost in memory; float32 is twice as fast here.
        var frames = x.to_type(ScalarType.Float32).permute(0, 2, 3, 1).reshape(x.shape[0] / clips, clips, x.shape[2], x.shape[3], x.shape[1]);
        var volume = cat([zeros_like(frames.narrow(0, 0, 1)).expand(Taps - 1, -1, -1, -1, -1), frames], 0).transpose(0, 1).contiguous();
        var y = nn.functional.conv3d(volume.permute(0, 4, 1, 2, 3), Weight, Bias, [1L, Stride, Stride], [0L, padding, padding], [1L, 1L, 1L], Groups);
        return y.permute(2, 0, 3, 4, 1).flatten(0, 1).permute(0, 3, 1, 2);
    }
}
