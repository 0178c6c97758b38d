using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// MobileNetV2's block: widen by 1×1, filter each channel by 3×3, narrow by 1×1, add the input where the shapes allow.
/// With a shift, the convolutions see the previous frame's first eighth of the channels in place of this frame's,
/// while the residual path sees the input as it is (TSM, arXiv 1811.08383, section 4.2).
/// </summary>
public sealed class InvertedResidual
{
    public InvertedResidual(string name, int inputs, int outputs, int stride, int expansion, bool shifted, int taps = 1)
    {
        Inputs = inputs;
        Outputs = outputs;
        ShiftedChannels = shifted ? inputs / 8 : 0;
        HasResidual = stride == 1 && inputs == outputs;
        var wide = inputs * expansion;
        Layers =
        [
            .. expansion == 1
                ? Array.Empty<ConvLayer>()
                : [new ConvLayer($"{name}.expand", inputs, wide, kernel: 1, stride: 1, depthwise: false, relu6: true)],
            new ConvLayer($"{name}.depthwise", wide, wide, kernel: 3, stride, depthwise: true, relu6: true, taps),
            new ConvLayer($"{name}.project", wide, outputs, kernel: 1, stride: 1, depthwise: false, relu6: false),
        ];
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>How many leading channels come from the previous frame; 0 in a block without shift.</summary>
    public int ShiftedChannels { get; }

    public bool HasResidual { get; }

    public IReadOnlyList<ConvLayer> Layers { get; }

    /// <summary>
    /// Frames in time-major order, (frames·clips)×c×h×w: row t·clips+i is frame t of clip i. The frame before the first
    /// counts as zeros, as after a reset.
    /// </summary>
    public Tensor Forward(Tensor x, int clips)
    {
        var y = x;
        if (ShiftedChannels > 0)
        {
            var past = x.narrow(1, 0, ShiftedChannels);
            var none = zeros_like(past.narrow(0, 0, clips));
            past = cat([none, past.narrow(0, 0, x.shape[0] - clips)], 0);
            y = cat([past, x.narrow(1, ShiftedChannels, Inputs - ShiftedChannels)], 1);
        }

        foreach (var layer in Layers)
            y = layer.Forward(y, clips);
        return HasResidual ? y + x : y;
    }
}
