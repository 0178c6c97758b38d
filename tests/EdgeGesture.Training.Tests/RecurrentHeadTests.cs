using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

public class RecurrentHeadTests
{
    private const int Features = 6;
    private const int Labels = 3;

    [Fact]
    public void The_first_frame_is_remembered_long_after()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var head = new RecurrentHead(Features, Labels);
        var features = rand(13, Features);
        var before = head.Forward(features, clips: 1);
        features[0] = rand(Features) * 10;
        Assert.False(allclose(before[12], head.Forward(features, clips: 1)[12], rtol: 0, atol: 1e-5));
    }

    [Fact]
    public void Clips_side_by_side_are_remembered_apart()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var head = new RecurrentHead(Features, Labels);
        var clips = new[] { rand(7, Features), rand(7, Features) };
        var together = head.Forward(stack(clips, 1).flatten(0, 1), clips: 2).reshape(7, 2, Labels);
        for (var i = 0; i < 2; i++)
            Assert.True(allclose(head.Forward(clips[i], clips: 1), together.select(1, i), atol: 1e-5));
    }

    [Fact]
    public void With_the_normalisation_folded_in_the_scores_are_those_of_normalised_features()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var head = new RecurrentHead(Features, Labels);
        var (features, spread) = (rand(5, Features), rand(Features) + 0.5);
        var expected = head.Forward(features / spread, clips: 1);
        head.FoldNormalisation(spread);
        Assert.True(allclose(expected, head.Forward(features, clips: 1), atol: 1e-5));
        head.UnfoldNormalisation(spread);
        Assert.True(allclose(expected, head.Forward(features / spread, clips: 1), atol: 1e-5));
    }

    [Fact]
    public void What_comes_into_the_picture_has_not_changed_yet_and_changes_when_it_moves()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var head = new RecurrentHead(Features, Labels);
        head.Projection.weight!.narrow(1, 0, Features).zero_(); // Only changes count.
        var (coming, elsewhere) = (zeros(4, Features), zeros(4, Features));
        (coming[TensorIndex.Slice(2), 0], elsewhere[TensorIndex.Slice(2), 0]) = (1, 1);
        (coming[2, 1], elsewhere[2, 1], elsewhere[3, 1]) = (0.2f, 0.7f, 0.7f);
        coming[3, 1] = 0.9f;
        var (moves, stays) = (head.Forward(coming, clips: 1), head.Forward(elsewhere, clips: 1));
        Assert.True(allclose(moves[2], stays[2]));
        Assert.False(allclose(moves[3], stays[3], rtol: 0, atol: 1e-4));
    }

    [Fact]
    public void It_comes_back_from_its_file()
    {
        using var folder = new TemporaryFolder();
        var saved = new RecurrentHead(Features, Labels);
        Checkpoint.SaveHead(folder.Root, saved);
        var loaded = new RecurrentHead(Features, Labels);
        Checkpoint.LoadHead(folder.Root, loaded);
        Assert.All(saved.parameters().Zip(loaded.parameters()), pair => Assert.True(allclose(pair.First, pair.Second)));
    }

    [Fact]
    public void A_run_that_has_not_ended_is_refused_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TrainingException>(() => Checkpoint.LoadHead(folder.Root, new RecurrentHead(Features, Labels)));
        Assert.Contains("has not come to its end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_of_other_labels_is_refused()
    {
        using var folder = new TemporaryFolder();
        Checkpoint.SaveHead(folder.Root, new RecurrentHead(Features, Labels));
        var error = Assert.Throws<TrainingException>(() => Checkpoint.LoadHead(folder.Root, new RecurrentHead(Features, Labels + 1)));
        Assert.Contains("does not fit the network at", error.Message, StringComparison.Ordinal);
    }
}
