using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>What guesses of the hand cost.</summary>
public class SightLossTests
{
    private const int Places = 4;

    /// <summary>In one frame of ten a number is 2, in the others 0: that of a change is better guessed near its mean.</summary>
    [Theory]
    [InlineData(4, true)] // motion
    [InlineData(6, true)] // growth
    [InlineData(1, false)] // place
    [InlineData(19, false)] // the wrist
    public void A_rare_motion_is_not_taken_for_none(int index, bool isChange)
    {
        var targets = Enumerable.Range(0, 10).Select(frame => Target(index, frame == 0 ? 2 : 0)).ToList();
        Assert.Equal(isChange, Loss(targets, index, 0.1f) < Loss(targets, index, 0));
    }

    [Fact]
    public void Frames_of_which_nothing_is_known_cost_nothing()
    {
        var unknown = new FrameTarget(0, 1, Phase.Background);
        Assert.Equal(0, Loss([unknown, unknown], 4, 1));
    }

    [Fact]
    public void One_place_of_many_that_is_taken_for_a_hand_costs_much()
    {
        using var scope = NewDisposeScope();
        var guesses = zeros(1, HandSight.Count, 100);
        guesses.select(1, 0).fill_(-8);
        guesses[0, 0, 42] = 5;
        var nobody = new FrameTarget(0, 1, Phase.Background) { Sight = HandSight.None(firstPerson: 0) };
        Assert.True(SightLoss.Of(guesses, [nobody]).item<float>() > 1);
    }

    private static FrameTarget Target(int index, float value)
    {
        var values = new float[HandSight.Count];
        values[0] = 1;
        values[index] = value;
        return new FrameTarget(0, 1, Phase.Stroke) { Sight = HandSight.FromArray(values) };
    }

    // All guesses are 0 but those of one number.
    private static float Loss(List<FrameTarget> targets, int index, float guess)
    {
        using var scope = NewDisposeScope();
        var guesses = zeros(targets.Count, HandSight.Count, Places);
        guesses.select(1, index).fill_(guess);
        return SightLoss.Of(guesses, targets).item<float>();
    }
}
