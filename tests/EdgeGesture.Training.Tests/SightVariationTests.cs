using System.Numerics;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>The 41 numbers of a hand as they might have been.</summary>
public class SightVariationTests
{
    private static readonly float[] NoErrors = new float[HandSight.Count];

    [Fact]
    public void A_hand_that_is_surely_there_changes_as_its_truth_does_and_one_that_is_half_there_half_as_much()
    {
        var sight = Hand.At(new Vector2(0.3f, -0.2f), firstPerson: 0);
        var way = Matrix3x2.CreateScale(1.2f) * Matrix3x2.CreateRotation(0.3f) * Matrix3x2.CreateTranslation(0.1f, -0.1f);
        var moved = sight.Moved(way, 1.2f);
        foreach (var visible in new[] { 1, 0.5f })
        {
            var values = sight.Values.ToArray().Select(value => float.IsNaN(value) ? 0 : value * visible).ToArray();
            HandSight.Move(values, way, 1.2f);
            for (var i = 0; i < HandSight.Count; i++)
            {
                if (!float.IsNaN(moved.Values[i]))
                    Assert.Equal(moved.Values[i] * visible, values[i], 1e-5f);
            }
        }
    }

    [Fact]
    public void Half_of_all_are_mirrored_and_none_says_more_of_a_hand_that_is_not_there()
    {
        var mirrored = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var variation = new SightVariation(new Dice(seed), [.. Enumerable.Repeat(1f, HandSight.Count)], frames: 10, mayMirror: true);
            mirrored += variation.IsMirrored ? 1 : 0;
            var values = new float[HandSight.Count];
            variation.Vary(values, frame: 3);
            Assert.All(values, value => Assert.Equal(0, value));
        }

        Assert.InRange(mirrored, 150, 250);
    }

    [Fact]
    public void The_errors_are_in_spreads_of_each_number()
    {
        var (without, with) = (Values(NoErrors), Values([.. Enumerable.Repeat(1f, HandSight.Count)]));
        var differences = without.Zip(with, (a, b) => MathF.Abs(a - b)).Skip(1).ToArray();
        Assert.InRange(differences.Average(), 0.03f, 0.3f);
    }

    [Fact]
    public void Whose_eyes_see_is_told_anyhow_in_nearly_a_third_of_all()
    {
        var sight = Hand.At(new Vector2(0.3f, -0.2f), firstPerson: 1);
        var changed = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var values = sight.Values.ToArray();
            new SightVariation(new Dice(seed), NoErrors, frames: 10, mayMirror: true).Vary(values, frame: 0);
            changed += HandSight.FromArray(values).FirstPerson < 0.999f * values[0] ? 1 : 0;
        }

        Assert.InRange(changed, 80, 160);
    }

    [Fact]
    public void How_fast_the_hand_moves_is_told_less_in_half_of_all_and_its_place_is_not()
    {
        var sight = Hand.At(new Vector2(0.3f, -0.2f), firstPerson: 0);
        var (speed, slowed, growth) = (sight.Motion.Length(), 0, sight.Values[6]);
        Assert.True(speed > 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var values = sight.Values.ToArray();
            new SightVariation(new Dice(seed), NoErrors, frames: 10, mayMirror: true).Vary(values, frame: 9);
            var told = HandSight.FromArray(values);
            if (told.Values[0] < 1) // a blink
                continue;
            // Nearer or farther changes the speed by a quarter.
            slowed += told.Motion.Length() < 0.77f * speed ? 1 : 0;
            Assert.InRange(told.Motion.Length(), 0, 1.29f * speed);
            Assert.InRange(told.Values[6], MathF.Min(growth, 0) - 1e-5f, MathF.Max(growth, 0) + 1e-5f);
        }

        Assert.InRange(slowed, 90, 200);
    }

    [Fact]
    public void Straying_keeps_how_sure_it_is_leaves_what_is_not_there_and_lets_gradients_through()
    {
        random.manual_seed(1);
        const int Clips = 400;
        var seen = ones(6, Clips, HandSight.Count);
        seen[TensorIndex.Colon, 0] = zeros(HandSight.Count); // of the first clip's hand nothing is seen
        seen.requires_grad = true;
        var strayed = SightVariation.Stray(seen, ones(HandSight.Count));
        strayed.sum().backward();
        Assert.Equal(seen.narrow(2, 0, 1), strayed.narrow(2, 0, 1));
        Assert.Equal(0, strayed.select(1, 0).abs().sum().item<float>());
        Assert.InRange((strayed - seen).narrow(2, 19, 22).std().item<float>(), 0.2f, 0.25f); // of 0.2 that stay and 0.1 of each frame

        // Motion is told less in half of the clips, whose eyes see told anyhow in a third.
        var gradient = seen.grad!.select(0, 0);
        Assert.InRange((gradient.select(1, 4) < 0.99).sum().item<long>(), 0.4 * Clips, 0.6 * Clips);
        Assert.InRange((gradient.select(1, 13) == 0).sum().item<long>(), 0.22 * Clips, 0.38 * Clips);
        Assert.Equal(Clips, (gradient.select(1, 20) == 1).sum().item<long>());
    }

    [Fact]
    public void Twice_as_fast_the_hand_moves_twice_as_far_between_frames()
    {
        var values = Hand.At(new Vector2(0.3f, -0.2f), firstPerson: 0).Values.ToArray();
        var before = HandSight.FromArray(values);
        HandSight.Hasten(values, 2);
        Assert.Equal(2 * before.Motion, HandSight.FromArray(values).Motion);
        Assert.Equal(before.Place, HandSight.FromArray(values).Place);
    }

    private static float[] Values(float[] spread)
    {
        var values = Enumerable.Repeat(0.5f, HandSight.Count).ToArray();
        values[0] = 1;
        new SightVariation(new Dice(5), spread, frames: 100, mayMirror: true).Vary(values, frame: 0);
        return values;
    }
}
