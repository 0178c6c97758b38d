using EdgeGesture.Training.Data;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>What the network sees in clips, and would see in those that have no pictures.</summary>
public class SeenClipsTests
{
    [Fact]
    public void A_trace_is_imagined_about_as_it_is()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.At("clips"), count: 2);
        TinyClips.WriteTraces(folder.At("traces"), count: 2);
        using var clips = new ClipFolder([folder.At("clips")]);
        using var traces = new ClipFolder([folder.At("traces")]);
        var seen = SeenClips.See(new TsmNetwork(27), clips, traces, new Dice(1));
        Assert.Equal(4, seen.Count);

        // Nobody knows where the hand is in the clips with pictures, so nobody knows how the network errs.
        var values = new float[HandSight.Count];
        seen.At(2, 7.5f, values);
        var (before, after) = (TinyClips.Trace(0).Targets[7].Sight!, TinyClips.Trace(0).Targets[8].Sight!);
        for (var i = 0; i < HandSight.Count; i++)
            Assert.Equal((before.Values[i] + after.Values[i]) / 2, values[i], 1e-5f);
    }

    [Fact]
    public void The_errors_of_the_network_are_those_of_some_clip_with_pictures()
    {
        using var folder = new TemporaryFolder();
        using (var file = ClipFile.Create(folder.At("known.clips"), TinyClips.Size))
            file.Append(TinyClips.Clip(0) with { Targets = TinyClips.Trace(1).Targets });
        TinyClips.WriteTraces(folder.At("traces"), count: 1);
        using var clips = new ClipFolder([folder.Root]);
        using var traces = new ClipFolder([folder.At("traces")]);
        var seen = SeenClips.See(new TsmNetwork(27), clips, traces, new Dice(1));
        var (known, imagined) = (new float[HandSight.Count], new float[HandSight.Count]);
        seen.At(0, 5, known);
        seen.At(1, 5, imagined);
        Assert.Equal(known[0], imagined[0]); // as probable

        // This network has learnt nothing: it hardly sees the hand.
        Assert.InRange(known[0], 0, 0.3f);
        for (var i = 1; i < HandSight.Count; i++)
            Assert.Equal(TinyClips.Trace(0).Targets[5].Sight!.Values[i] * known[0], imagined[i], 1e-5f);
    }

    [Fact]
    public void What_the_network_does_not_see_is_not_imagined_either()
    {
        using var folder = new TemporaryFolder();
        using (var file = ClipFile.Create(folder.At("known.clips"), TinyClips.Size))
        {
            file.Append(TinyClips.Clip(2) with { Targets = TinyClips.Trace(2).Targets });
            file.Append(TinyClips.Clip(4) with { Targets = TinyClips.Trace(4).Targets });
        }

        TinyClips.WriteTraces(folder.At("traces"), count: 1);
        using var clips = new ClipFolder([folder.Root]);
        using var traces = new ClipFolder([folder.At("traces")]);

        // It is sure of a hand that always looks the same.
        var network = new TsmNetwork(27);
        using (no_grad())
        {
            foreach (var (weight, bias) in new[] { (network.Sight.LookWeight, network.Sight.LookBias), (network.Close.TellWeight, network.Close.TellBias) })
            {
                weight.zero_();
                bias.fill_(0.25f);
                bias[0] = 3;
            }

            network.Close.Points.MapWeight.zero_();

            // In the middle, and as large as the picture: so that the square is the picture.
            network.Sight.LookBias[1] = 0;
            network.Sight.LookBias[2] = 0;
        }

        var seen = SeenClips.See(network, clips, traces, new Dice(1));
        var imagined = new float[HandSight.Count];
        seen.At(2, 5, imagined);
        Assert.InRange(imagined[0], 0.9f, 1);
        for (var i = 1; i < HandSight.Count; i++)
            Assert.Equal(i is >= 3 and < 19 ? 0.25f * imagined[0] : 0, imagined[i], 1e-4f); // Its place and points are in the middle.
    }

    [Fact]
    public void Traces_of_which_nobody_knows_where_the_hand_is_are_refused()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.At("clips"), count: 1);
        using var clips = new ClipFolder([folder.At("clips")]);
        Assert.Contains("synth --traces", Assert.Throws<TrainingException>(() => SeenClips.See(new TsmNetwork(27), clips, clips, new Dice(1))).Message, StringComparison.Ordinal);
    }
}
