using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>What guesses of the hand cost.</summary>
public class SightLossTests
{
    private const int Places = 4;

    /// <summary>In one frame of ten a number is 2, in the others 0: the best guess is between, so that doubt can be told.</summary>
    [Theory]
    [InlineData(1)] // place
    [InlineData(4)] // motion
    [InlineData(6)] // growth
    [InlineData(15)] // a finger
    [InlineData(19)] // the wrist
    public void What_is_rare_is_not_taken_for_never(int index)
    {
        var targets = Enumerable.Range(0, 10).Select(frame => Target(index, frame == 0 ? 2 : 0)).ToList();
        Assert.True(Loss(targets, index, 0.05f) < Loss(targets, index, 0));
    }

    [Theory]
    [InlineData(4, 0)] // motion
    [InlineData(13, 0)] // whose eyes see
    [InlineData(15, 0.05)] // a finger
    public void A_square_alone_is_not_asked_for_what_only_pictures_show(int index, double least)
    {
        var cost = Loss([Target(index, 1)], index, 0, places: 1) - Loss([Target(index, 1)], index, 1, places: 1);
        Assert.InRange(cost, least, least == 0 ? 0 : double.MaxValue);
    }

    [Fact]
    public void A_point_between_cells_is_theirs_by_its_distances()
    {
        using var scope = NewDisposeScope();
        const int Grid = 4;
        var target = Target(index: 1, value: 0.125f); // the palm a quarter of a cell right of the middle; all other points there too
        target = target with { Sight = HandSight.FromArray([1, 0.125f, 0, -20, .. new float[HandSight.Count - 4]]) };
        var right = zeros(1, PointMaps.Count, Grid * Grid) - 20;
        foreach (var (cell, share) in new[] { (5, 0.375f), (6, 0.625f), (9, 0.375f), (10, 0.625f) })
            right[TensorIndex.Colon, TensorIndex.Colon, cell] = MathF.Log(share / 2);
        var learnt = SightLoss.OfPoints(right, [target]).item<float>();
        Assert.True(learnt < SightLoss.OfPoints(zeros(1, PointMaps.Count, Grid * Grid), [target]).item<float>());
        right[TensorIndex.Colon, TensorIndex.Colon, 6] = 0;
        Assert.True(learnt < SightLoss.OfPoints(right, [target]).item<float>());
        var places = PointMaps.Places(right).data<float>().ToArray();
        Assert.InRange(places[0], 0.125f, 0.5f);
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

    [Fact]
    public void Of_a_square_the_fingers_weigh_more_than_the_rest_and_of_the_whole_picture_they_do_not()
    {
        const int Fingertip = 19;
        const int Straight = 15; // of the same spread
        foreach (var places in new[] { 1, Places })
        {
            var none = Loss([Target(Straight, 0)], Straight, 0, places);
            var (finger, tip) = (Loss([Target(Straight, 0)], Straight, 0.5f, places) - none, Loss([Target(Straight, 0)], Fingertip, 0.5f, places) - none);
            Assert.Equal(places == 1 ? 2.5 : 1, finger / tip, 0.01);
        }
    }

    private static FrameTarget Target(int index, float value)
    {
        var values = new float[HandSight.Count];
        values[0] = 1;
        values[index] = value;
        return new FrameTarget(0, 1, Phase.Stroke) { Sight = HandSight.FromArray(values) };
    }

    // All guesses are 0 but those of one number.
    private static float Loss(List<FrameTarget> targets, int index, float guess, int places = Places)
    {
        using var scope = NewDisposeScope();
        var guesses = zeros(targets.Count, HandSight.Count, places);
        guesses.select(1, index).fill_(guess);
        return SightLoss.Of(guesses, targets).item<float>();
    }
}
