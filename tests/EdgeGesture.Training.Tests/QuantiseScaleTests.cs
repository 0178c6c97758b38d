using EdgeGesture.Training.Quantising;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>How ranges become scales, and weights integers.</summary>
public class QuantiseScaleTests
{
    [Fact]
    public void Relu6_takes_all_steps_from_0_to_6()
    {
        Assert.Equal(new TensorScale(6f / 255, 0), ActivationType.U8.Between(0, 6));
        Assert.Equal(new TensorScale(6f / 255, -128), ActivationType.S8.Between(0, 6));
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(2, 3)]
    [InlineData(-3, -2)]
    [InlineData(0, 0)]
    public void Zero_is_one_of_the_steps(float min, float max)
    {
        Assert.InRange(ActivationType.U8.Between(min, max).ZeroPoint, 0, 255);
        Assert.InRange(ActivationType.S8.Between(min, max).ZeroPoint, -128, 127);
    }

    [Fact]
    public void A_cache_has_its_zero_in_the_middle()
    {
        Assert.Equal(new TensorScale(2f / 127, 128), ActivationType.U8.Symmetric(2));
        Assert.Equal(new TensorScale(2f / 127, 0), ActivationType.S8.Symmetric(2));
    }

    [Fact]
    public void A_rare_value_far_out_does_not_make_all_steps_coarse()
    {
        var histogram = new ActivationHistogram();
        histogram.Add([.. Enumerable.Range(0, 1_000_000).Select(i => i / 1_000_000f - 0.5f)], channels: 1);
        Assert.Equal((-0.5f, 0.5f), Rounded(histogram.BestRange(float.NegativeInfinity, float.PositiveInfinity, symmetric: false)));
        histogram.Add([2], channels: 1);
        var (_, max) = histogram.BestRange(float.NegativeInfinity, float.PositiveInfinity, symmetric: false);
        Assert.InRange(max, 0.5f, 1.9f);
    }

    [Fact]
    public void A_range_stays_within_the_clip_and_around_zero()
    {
        var histogram = new ActivationHistogram();
        histogram.Add([.. Enumerable.Range(0, 10_000).Select(i => i / 1000f - 1)], channels: 1);
        Assert.Equal((0, 6), histogram.BestRange(0, 6, symmetric: false));
        var (min, max) = histogram.BestRange(float.NegativeInfinity, float.PositiveInfinity, symmetric: true);
        Assert.Equal(-min, max);
    }

    [Fact]
    public void Each_channel_has_its_own_step_and_the_bias_the_product_of_both()
    {
        var weights = ChannelWeights.Of([1, -0.5f, 0.01f, 0.004f], [0.3f, -2], limit: 127, inputScale: 0.1f, means: []);
        Assert.Equal([127, -64, 127, 51], weights.Weights.Select(weight => (int)weight));
        Assert.Equal([1f / 127, 0.01f / 127], weights.Scales);
        for (var c = 0; c < 2; c++)
        {
            Assert.Equal(0.1f * weights.Scales[c], weights.BiasScales[c]);
            Assert.Equal(c == 0 ? 0.3f : -2, weights.Biases[c] * weights.BiasScales[c], 0.001f);
        }
    }

    [Fact]
    public void Two_products_of_the_largest_unsigned_activations_and_weights_fit_in_16_bits()
    {
        Assert.InRange(2 * 255 * ActivationType.U8.WeightLimit, 0, short.MaxValue);
        Assert.InRange(2 * 128 * ActivationType.S8.WeightLimit, 0, short.MaxValue);
        Assert.Equal([64, -32], ChannelWeights.Of([1, -0.5f], [0], ActivationType.U8.WeightLimit, inputScale: 0.1f, means: []).Weights.Select(weight => (int)weight));
    }

    [Fact]
    public void A_channel_without_weights_still_has_its_bias()
    {
        var weights = ChannelWeights.Of([0, 1e-20f], [5, 5], limit: 127, inputScale: 0.02f, means: []);
        Assert.All([0, 1], c => Assert.Equal(5, weights.Biases[c] * weights.BiasScales[c], 0.001f));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rounded_weights_add_nothing_to_the_mean_of_an_output(int seed)
    {
        var dice = new Dice(seed);
        var (weights, means) = (Numbers(dice, -1, 1), Numbers(dice, 0, 6));
        var rounded = ChannelWeights.Of(weights, [0.3f, -2], limit: 127, inputScale: 0.02f, means);
        var plain = ChannelWeights.Of(weights, [0.3f, -2], limit: 127, inputScale: 0.02f, means: []);
        Assert.All([0, 1], c => Assert.InRange(MeanError(rounded, c), 0, rounded.BiasScales[c]));
        Assert.InRange(MeanError(plain, 0) + MeanError(plain, 1), 0.01, double.MaxValue);

        static float[] Numbers(Dice dice, float from, float to) => [.. Enumerable.Range(0, 200).Select(_ => dice.Between(from, to))];

        double MeanError(ChannelWeights channel, int c) => Math.Abs(
            Enumerable.Range(c * 100, 100).Sum(i => (channel.Weights[i] * channel.Scales[c] - weights[i]) * (double)means[i])
            + channel.Biases[c] * (double)channel.BiasScales[c] - (c == 0 ? 0.3f : -2));
    }

    [Fact]
    public void A_weight_is_multiplied_with_its_channel_of_its_group()
    {
        Assert.Equal([1, 2, 1, 2, 1, 2], ChannelWeights.Behind([1, 2], [3, 2, 1, 1]));
        Assert.Equal([1, 1, 2, 2, 3, 3], ChannelWeights.Behind([1, 2, 3], [3, 1, 1, 2])); // depthwise
        Assert.Equal([1, 2, 1, 2, 3, 4, 3, 4], ChannelWeights.Behind([1, 2, 3, 4], [4, 2, 1, 1])); // two groups
    }

    [Fact]
    public void A_histogram_knows_the_mean_of_each_channel()
    {
        var histogram = new ActivationHistogram();
        histogram.Add([1, 3, -1, -1], channels: 2);
        histogram.Add([0, 0, 2, 0], channels: 2);
        Assert.Equal([1, 0], histogram.Means);
    }

    private static (float, float) Rounded((float Min, float Max) range) => (MathF.Round(range.Min, 2), MathF.Round(range.Max, 2));
}
