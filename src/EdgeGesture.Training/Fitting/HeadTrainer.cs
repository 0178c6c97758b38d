using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Trains the recurrent head when the convolutions are done, on what they see in clips: thousands of those pass again and
/// again within minutes, varied and spliced anew for every step.
/// </summary>
public sealed class HeadTrainer
{
    private const int Sequences = 32;
    private const int SequenceFrames = 3 * ClipRenderer.FrameCount;
    private const int WarmUpSteps = 100;
    private const double LearningRate = 3e-3;
    private const double WeightDecay = 1e-3;
    private const double LargestGradientNorm = 2;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(20);

    private readonly SeenClips _clips;
    private readonly float[] _spread;

    public HeadTrainer(SeenClips clips)
    {
        _clips = clips;
        _spread = clips.Spread();
    }

    /// <summary>Trains <paramref name="head"/> for <paramref name="steps"/> steps.</summary>
    public void Fit(RecurrentHead head, Dice dice, int steps)
    {
        using var optimiser = optim.AdamW(head.parameters(), LearningRate, weight_decay: WeightDecay);
        using var spread = tensor(_spread);
        head.UnfoldNormalisation(spread);
        head.train();
        var (losses, sinceReport) = (0.0, 0);
        var report = Stopwatch.StartNew();
        for (var step = 1; step <= steps; step++)
        {
            foreach (var group in optimiser.ParamGroups)
                group.LearningRate = CosineRate.At(LearningRate, step - 1, steps, WarmUpSteps);
            losses += Step(head, optimiser, dice);
            sinceReport++;
            if (report.Elapsed > ReportEvery || step == steps)
            {
                var perSecond = sinceReport * Sequences * SequenceFrames / report.Elapsed.TotalSeconds;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"memory {step}/{steps}  loss {losses / sinceReport:F3}  {perSecond:F0} frames/s of {_clips.Count} clips"));
                (losses, sinceReport) = (0, 0);
                report.Restart();
            }
        }

        head.eval();
        head.FoldNormalisation(spread);
    }

    private float Step(RecurrentHead head, optim.Optimizer optimiser, Dice dice)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var (seen, targets) = Draw(dice);
        var features = tensor(seen).reshape(-1, HandSight.Count);
        optimiser.zero_grad();
        var loss = FrameLoss.Of(head.Forward(features, Sequences), targets);
        loss.backward();
        nn.utils.clip_grad_norm_(head.parameters(), LargestGradientNorm);
        optimiser.step();
        return loss.item<float>();
    }

    // The numbers over their spreads and the targets of all sequences, time-major.
    private (float[] Seen, FrameTarget[] Targets) Draw(Dice dice)
    {
        var seen = new float[SequenceFrames * Sequences * HandSight.Count];
        var targets = new FrameTarget[SequenceFrames * Sequences];
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var row = sequence;
            foreach (var splice in SplicedStream.Draw(dice, _clips.Draw, SequenceFrames))
            {
                var variation = new SightVariation(dice, _spread, splice.Frames, _clips.MayMirror(splice.Clip));
                var clip = _clips[splice.Clip];
                var taught = CutOff.Targets(clip.Label, clip.Targets, splice.First, ClipRenderer.FrameCount - splice.First);
                for (var i = 0; i < splice.Frames; i++, row += Sequences)
                {
                    var values = seen.AsSpan(row * HandSight.Count, HandSight.Count);
                    _clips.At(splice.Clip, splice.At(i), values);
                    HandSight.Hasten(values, splice.Speed);
                    variation.Vary(values, i);
                    TensorPrimitives.Divide(values, _spread, values);
                    var target = taught[(int)MathF.Round(splice.At(i)) - splice.First] with { Sight = null };
                    targets[row] = variation.IsMirrored ? target.Mirrored() : target;
                }
            }
        }

        return (seen, targets);
    }
}
