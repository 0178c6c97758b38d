using System.Numerics;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Trains both looks and the memory together, as they are used: what gestures cost goes back through the memory into the
/// numbers that the looks tell, while the looks' own losses keep the numbers what they are. Resumed like the looks.
/// </summary>
public sealed class JointTrainer
{
    private const int Stretches = 8; // at once, two after another making one stream
    private const int Streams = Stretches / 2;
    private const int Parts = 4; // of a step: with 8 stretches a step it learns worse than it began, 32 at once take 12 GB
    private const int StretchFrames = 24;
    private const int WarmUpSteps = 100;
    private const double LearningRate = 2e-4;
    private const double NewLayersFactor = 3;
    private const double NewestSpread = 0.05;
    private const double ErrorShare = 0.75; // of the errors that the memory learns with alone: here it sees what it is to see

    private readonly FitSettings _settings;
    private readonly string _folder;
    private readonly TsmNetwork _network;
    private readonly Optimiser _optimiser;
    private Tensor? _spread; // 41: about how much each number differs

    public JointTrainer(FitSettings settings, string folder, TsmNetwork network)
    {
        (_settings, _folder, _network) = (settings, folder, network);
        _optimiser = new Optimiser(network.AllParameters);
        Checkpoint.ResumeIfSaved(folder, Checkpoint.JointFileName, _optimiser, "all together");
    }

    /// <summary>Runs to the last step; then the network has the averaged weights, those to use.</summary>
    public void Fit(ClipFolder clips)
    {
        var dice = new Dice(_settings.Seed + _optimiser.Steps);
        _network.Head.train();
        new StepLoop("together", _settings.JointSteps, "clips", Parts * Stretches, "gestures", "hand").Run(
            _optimiser, clips, () => Enumerable.Range(0, Parts).Select(_ => clips.DrawBatch(dice, Stretches, StretchFrames)).ToList(), Step,
            () => Checkpoint.Save(_folder, Checkpoint.JointFileName, _optimiser, clips.Size));
        _network.Head.eval();
        _optimiser.SwapAverage();
    }

    private double[] Step(List<Batch> batches)
    {
        var losses = batches.ConvertAll(Learn);
        using var pause = new CollectionPause();
        _optimiser.Step(CosineRate.At(LearningRate, _optimiser.Steps, _settings.JointSteps, WarmUpSteps), NewLayersFactor);
        return [losses.Average(loss => loss.Gesture), losses.Average(loss => loss.Sight)];
    }

    // Adds to the gradients.
    private (float Gesture, float Sight) Learn(Batch batch)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var pictures = batch.Input(TrainingDevice.NumberType);
        Tensor x;
        using (no_grad())
            x = _network.Trunk.ForwardStem(nn.functional.avg_pool2d(pictures, TsmNetwork.FirstLookShrinks), batch.Clips, _settings.FrozenBlocks);
        var guesses = _network.ForwardRest(x, batch.Clips, _settings.FrozenBlocks);
        var close = _network.Close.LookAt(pictures, SightHead.Find(guesses), _settings.FrozenBlocks);
        var inSquares = InSquares(batch.Targets, close);
        var sight = SightLoss.Of(guesses, batch.Targets) + SightLoss.Of(close.Guesses.unsqueeze(2), inSquares) + SightLoss.OfPoints(close.Maps, inSquares);

        var seen = close.Hand.reshape(StretchFrames, Stretches, HandSight.Count);
        seen = SightVariation.Stray(seen, Spread(seen) * ErrorShare);
        var joined = cat([seen.narrow(1, 0, Streams), seen.narrow(1, Streams, Streams)], 0);
        var gesture = FrameLoss.Of(_network.Head.Forward(joined.flatten(0, 1), Streams), Joined(batch.Targets));
        ((gesture + sight) / Parts).backward();
        return (gesture.item<float>(), sight.item<float>());
    }

    // By how much the numbers differ changes slowly as the looks learn.
    private Tensor Spread(Tensor seen)
    {
        const double Least = 0.05;
        using var quiet = no_grad();
        var spread = seen.flatten(0, 1).std(0) + Least;
        var next = _spread is null ? spread : _spread * (1 - NewestSpread) + spread * NewestSpread;
        _spread?.Dispose();
        return _spread = next.DetachFromDisposeScope();
    }

    // The same in places of the squares that were looked at.
    private static List<FrameTarget> InSquares(IReadOnlyList<FrameTarget> targets, CloseSight close)
    {
        var middles = close.Middle.cpu().data<float>().ToArray();
        var halves = close.Half.cpu().data<float>().ToArray();
        return [.. targets.Select((target, i) => target with
        {
            Sight = target.Sight?.Moved(
                Matrix3x2.CreateTranslation(-middles[2 * i], -middles[2 * i + 1]) * Matrix3x2.CreateScale(1 / halves[i]), 1 / halves[i]),
        })];
    }

    // Time-major, the second half of the stretches after the first.
    private static List<FrameTarget> Joined(FrameTarget[] targets)
    {
        return [.. Enumerable.Range(0, 2 * StretchFrames * Streams).Select(row =>
        {
            var (frame, stream) = (row / Streams, row % Streams);
            return targets[frame % StretchFrames * Stretches + (frame < StretchFrames ? 0 : Streams) + stream];
        })];
    }
}
