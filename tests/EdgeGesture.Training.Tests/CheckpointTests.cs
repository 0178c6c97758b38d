using EdgeGesture.Models;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

public class CheckpointTests
{
    [Fact]
    public void A_checkpoint_of_other_labels_is_refused_with_the_tensor_that_does_not_fit()
    {
        using var folder = new TemporaryFolder();
        Checkpoint.Save(folder.Root, Checkpoint.FileName, new Optimiser(new TsmNetwork(5).Parameters), size: 64);
        var error = Assert.Throws<TrainingException>(() => Checkpoint.LoadAverage(folder.Root, new TsmNetwork(27)));
        Assert.Contains("head.seen.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_was_cut_off_is_refused()
    {
        using var folder = new TemporaryFolder();
        Checkpoint.Save(folder.Root, Checkpoint.FileName, new Optimiser(new TsmNetwork(27).Parameters), size: 64);
        var path = folder.At("checkpoint.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100_000]);
        var error = Assert.Throws<TrainingException>(() => Checkpoint.LoadAverage(path, new TsmNetwork(27)));
        Assert.Contains("not a complete checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_its_second_look_is_not_at_its_end()
    {
        using var folder = new TemporaryFolder();
        Checkpoint.Save(folder.Root, Checkpoint.FileName, new Optimiser(new TsmNetwork(27).Parameters), size: 64);
        var error = Assert.Throws<TrainingException>(() => Checkpoint.LoadAverage(folder.Root, new TsmNetwork(27)));
        Assert.Contains("the run has not come to its end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_leaves_the_last_good_checkpoint()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        using var folder = new TemporaryFolder();
        var optimiser = new Optimiser(new TsmNetwork(5).Parameters);
        Checkpoint.Save(folder.Root, Checkpoint.FileName, optimiser, size: 64);
        var before = File.ReadAllBytes(folder.At("checkpoint.safetensors"));

        // The new file is first written beside the old one; there, the disk is full.
        File.CreateSymbolicLink(folder.At("checkpoint.safetensors.part"), "/dev/full");
        var error = Assert.Throws<TrainingException>(() => Checkpoint.Save(folder.Root, Checkpoint.FileName, optimiser, size: 96));
        Assert.Contains("a file of before is untouched", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.At("checkpoint.safetensors")));
    }

    [Fact]
    public void What_was_saved_comes_back()
    {
        using var folder = new TemporaryFolder();
        var saved = new TsmNetwork(JesterVocabulary.Labels.Count);
        Checkpoint.Save(folder.Root, Checkpoint.FileName, new Optimiser(saved.Parameters), size: 64);
        Checkpoint.Save(folder.Root, Checkpoint.CloseFileName, new Optimiser(saved.Close.Parameters), size: 64);
        var loaded = new TsmNetwork(JesterVocabulary.Labels.Count);
        Assert.Equal(64, Checkpoint.LoadAverage(folder.Root, loaded));

        Assert.All(saved.AllParameters.Zip(loaded.AllParameters), pair => Assert.True(allclose(pair.First.Value, pair.Second.Value)));
    }

    [Fact]
    public void A_checkpoint_that_was_put_aside_is_the_one_that_is_loaded()
    {
        using var folder = new TemporaryFolder();
        var aside = new TsmNetwork(5);
        Checkpoint.Save(folder.Root, "aside.safetensors", new Optimiser(aside.Parameters), size: 64);
        Checkpoint.Save(folder.Root, Checkpoint.FileName, new Optimiser(new TsmNetwork(5).Parameters), size: 96);
        Checkpoint.Save(folder.Root, Checkpoint.CloseFileName, new Optimiser(aside.Close.Parameters), size: 64);
        var loaded = new TsmNetwork(5);
        Assert.Equal(64, Checkpoint.LoadAverage(folder.At("aside.safetensors"), loaded));
        Assert.All(aside.Parameters.Zip(loaded.Parameters), pair => Assert.True(allclose(pair.First.Value, pair.Second.Value)));
    }
}
