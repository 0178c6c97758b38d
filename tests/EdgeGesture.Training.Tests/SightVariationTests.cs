using System.Numerics;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

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
            var variation = new SightVariation(new Dice(seed), [.. Enumerable.Repeat(1f, HandSight.Count)], frames: 10);
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
            new SightVariation(new Dice(seed), NoErrors, frames: 10).Vary(values, frame: 0);
            changed += HandSight.FromArray(values).FirstPerson < 0.999f * values[0] ? 1 : 0;
        }

        Assert.InRange(changed, 80, 160);
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
        new SightVariation(new Dice(5), spread, frames: 100).Vary(values, frame: 0);
        return values;
    }
}
