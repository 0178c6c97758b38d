using System.Numerics.Tensors;

namespace EdgeGesture.Training.Quantising;

/// <summary>A convolution's weights and bias as integers, each output channel with a scale of its own.</summary>
/// <param name="Weights">In the order of the float32 weights.</param>
/// <param name="Scales">The weights' step, per output channel.</param>
/// <param name="Biases">One per output channel.</param>
/// <param name="BiasScales">
/// The biases' step: exactly input scale × weight scale, or ONNX Runtime does not use its integer kernels.
/// </param>
public sealed record ChannelWeights(sbyte[] Weights, float[] Scales, int[] Biases, float[] BiasScales)
{
    // Kept well below 2³¹, so that the sum of products beside the bias has room too.
    private const float LargestBias = 1 << 30;

    /// <param name="weights">Output channel by output channel, each with the same number of inputs.</param>
    /// <param name="bias">One per output channel.</param>
    /// <param name="limit">The largest weight in steps, at most 127.</param>
    /// <param name="inputScale">The step of what the convolution reads.</param>
    /// <param name="means">
    /// The mean of what each weight is multiplied with, or empty: what the rounding of the weights adds to the output on
    /// average is taken off the bias (bias correction, arXiv 1906.04721, section 4.2).
    /// </param>
    public static ChannelWeights Of(float[] weights, float[] bias, int limit, float inputScale, float[] means)
    {
        var channels = bias.Length;
        var each = weights.Length / channels;
        var result = new ChannelWeights(new sbyte[weights.Length], new float[channels], new int[channels], new float[channels]);
        for (var c = 0; c < channels; c++)
        {
            var own = weights.AsSpan(c * each, each);
            var largest = TensorPrimitives.MaxMagnitude(own);

            // A channel with hardly any weights, whose bias says it all, takes the step that its bias needs.
            var scale = MathF.Max(MathF.Abs(largest) / limit, MathF.Max(MathF.Abs(bias[c]) / (LargestBias * inputScale), TensorScale.Smallest));
            result.Scales[c] = scale;
            result.BiasScales[c] = inputScale * scale;
            var corrected = (double)bias[c];
            for (var i = 0; i < each; i++)
            {
                var rounded = MathF.Round(own[i] / scale);
                result.Weights[c * each + i] = (sbyte)rounded;
                if (means.Length > 0)
                    corrected += (own[i] - rounded * scale) * means[c * each + i];
            }

            result.Biases[c] = (int)Math.Round(corrected / result.BiasScales[c]);
        }

        return result;
    }

    /// <summary>The mean of what each weight of a convolution is multiplied with, in the weights' order.</summary>
    /// <param name="means">Of each input channel.</param>
    /// <param name="shape">The weights': outputs, inputs of a group, rows, columns.</param>
    public static float[] Behind(float[] means, long[] shape)
    {
        var (outputs, inputs, each) = ((int)shape[0], (int)shape[1], (int)(shape[2] * shape[3]));
        var outputsOfGroup = outputs * inputs / means.Length;
        return [.. Enumerable.Range(0, outputs * inputs * each)
            .Select(weight => means[weight / (inputs * each) / outputsOfGroup * inputs + weight / each % inputs])];
    }
}
