using System.Diagnostics;
using System.Globalization;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Trains the recurrent head when the convolutions are done. What they see in each clip is computed once, so that
/// thousands of clips pass again and again within minutes, in streams spliced anew for every step.
/// </summary>
public sealed class HeadTrainer : IDisposable
{
    private const int MostClips = 12_000; // 
    private const int ClipsAtOnce = 8;
    private const int Sequences = 32;
    private const int SequenceFrames = 3 * ClipRenderer.FrameCount;
    private const int WarmUpSteps = 100;
    private const double LearningRate = 2e-3;
    private const double WeightDecay = 1e-3;
    private const double LargestGradientNorm = 2;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(20);

    private readonly Tensor _features; // (clips·frames)×F, 41 numbers each
    private readonly FrameTarget[][] _targets; // by clip
    private readonly Tensor _mean;
    private readonly Tensor _spread;

    /// <summary>Sees each of <paramref name="clips"/> once, as another camera might have; of very many, some.</summary>
    public HeadTrainer(TsmNetwork network, ClipFolder clips, Dice dice)
    {
        var chosen = Enumerable.Range(0, clips.Count).OrderBy(_ => dice.Between(0, 1)).Take(MostClips).ToArray();
        _targets = new FrameTarget[chosen.Length][];
        _features = zeros(chosen.Length * ClipRenderer.FrameCount, HandSight.Count).DetachFromDisposeScope();
        for (var first = 0; first < chosen.Length; first += ClipsAtOnce)
        {
            using var pause = new CollectionPause();
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var seen = chosen.Skip(first).Take(ClipsAtOnce).Select(i => Variation.Random(dice, clips.Size).Of(clips.Read(i))).ToList();
            var batch = Batch.Of(seen, clips.Size);
            var features = network.See(batch.Input(ScalarType.BFloat16), seen.Count).reshape(-1, seen.Count, HandSight.Count);
            _features.narrow(0, first * ClipRenderer.FrameCount, features.shape[0] * seen.Count).copy_(features.transpose(0, 1).flatten(0, 1));
            for (var i = 0; i < seen.Count; i++)
                _targets[first + i] = [.. seen[i].Targets];
        }

        using (NewDisposeScope())
        {
            // Enough of them to tell; a feature that is always the same must not become large.
            var some = _features.narrow(0, 0, Math.Min(_features.shape[0], 14_000)).to_type(ScalarType.Float32);
            _mean = some.mean([0]).DetachFromDisposeScope();
            _spread = some.std(0).add_(0.05).DetachFromDisposeScope();
        }
    }

    /// <summary>Trains <paramref name="head"/> for <paramref name="steps"/> steps.</summary>
    public void Fit(RecurrentHead head, Dice dice, int steps)
    {
        using var optimiser = optim.AdamW(head.parameters(), LearningRate, weight_decay: WeightDecay);
        head.UnfoldNormalisation(_mean, _spread);
        head.train();
        var (losses, sinceReport) = (0.0, 0);
        var report = Stopwatch.StartNew();
        for (var step = 1; step <= steps; step++)
        {
            foreach (var group in optimiser.ParamGroups)
                group.LearningRate = RateAt(step, steps);
            losses += Step(head, optimiser, dice);
            sinceReport++;
            if (report.Elapsed > ReportEvery || step == steps)
            {
                var perSecond = sinceReport * Sequences * SequenceFrames / report.Elapsed.TotalSeconds;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"memory {step}/{steps}  loss {losses / sinceReport:F3}  {perSecond:F0} frames/s of {_targets.Length} clips"));
                (losses, sinceReport) = (0, 0);
                report.Restart();
            }
        }

        head.eval();
        head.FoldNormalisation(_mean, _spread);
    }

    private float Step(RecurrentHead head, optim.Optimizer optimiser, Dice dice)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var (rows, targets) = Draw(dice);
        var features = _features.index_select(0, tensor(rows)).to_type(ScalarType.Float32).sub_(_mean).div_(_spread);
        optimiser.zero_grad();
        var loss = FrameLoss.Of(head.Forward(features, Sequences), targets);
        loss.backward();
        nn.utils.clip_grad_norm_(head.parameters(), LargestGradientNorm);
        optimiser.step();
        return loss.item<float>();
    }

    // The frames of all sequences, time-major, as rows of the features.
    private (long[] Rows, FrameTarget[] Targets) Draw(Dice dice)
    {
        var rows = new long[SequenceFrames * Sequences];
        var targets = new FrameTarget[rows.Length];
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var places = SplicedStream.Draw(dice, _targets.Length, SequenceFrames);
            for (var i = 0; i < SequenceFrames; i++)
            {
                var (clip, frame) = places[i];
                rows[i * Sequences + sequence] = clip * ClipRenderer.FrameCount + frame;
                targets[i * Sequences + sequence] = _targets[clip][frame];
            }
        }

        return (rows, targets);
    }

    private static double RateAt(int step, int steps) =>
        LearningRate * Math.Min(1, (double)step / WarmUpSteps) * (0.02 + 0.98 * (1 + Math.Cos(Math.PI * (step - 1) / steps)) / 2);

    public void Dispose()
    {
        _features.Dispose();
        _mean.Dispose();
        _spread.Dispose();
    }
}
