using System.Numerics;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Trains both looks and the memory together, as they are used: what gestures cost goes back through the memory into the
/// numbers that the looks tell, while the looks' own losses keep the numbers what they are. Beside that each look learns
/// alone in every step, in each part of it from as many pictures as in a step of its own training: without it what they see
/// of new hands gets worse while they learn together. All pictures are repainted. Resumed like the looks.
/// </summary>
public sealed class JointTrainer
{
    private const int Parts = 4; // of a step: with one part a step it learns worse than it began, four at once take 12 GB
    private const int Stretches = 8; // of a part, two after another making one stream
    private const int Streams = Stretches / 2;
    private const int StretchFrames = 24;
    private const int WarmUpSteps = 100;
    private const double LearningRate = 4e-4;
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
        using var small = new ClipFolder(_settings.Clips, _settings.Labels, clips.Size / TsmNetwork.FirstLookShrinks);
        _network.Head.train();
        new StepLoop("together", _settings.JointSteps, "clips", Parts * Stretches, "gestures", "hand", "first look", "second look").Run(
            _optimiser, clips, () => Enumerable.Range(0, Parts).Select(_ => Draw(clips, small, dice)).ToList(), Step,
            () => Checkpoint.Save(_folder, Checkpoint.JointFileName, _optimiser, clips.Size));
        _network.Head.eval();
        _optimiser.SwapAverage();
    }

    private Part Draw(ClipFolder clips, ClipFolder small, Dice dice)
    {
        if (small.Count != clips.Count)
            small.Refresh();
        return new Part(
            clips.DrawBatch(dice, Stretches, StretchFrames),
            small.DrawBatch(dice, _settings.BatchClips, _settings.Frames),
            CloseViews.Draw(clips, dice, _settings.BatchClips * _settings.Frames));
    }

    private double[] Step(List<Part> parts)
    {
        var losses = parts.ConvertAll(Learn);
        using var pause = new CollectionPause();
        _optimiser.Step(CosineRate.At(LearningRate, _optimiser.Steps, _settings.JointSteps, WarmUpSteps), NewLayersFactor);
        return [.. Enumerable.Range(0, losses[0].Length).Select(i => losses.Average(loss => loss[i]))];
    }

    // Adds to the gradients, as do those below, which give the losses.
    private double[] Learn(Part part)
    {
        var (gesture, sight) = LearnTogether(part.Stretches);
        return [gesture, sight, LearnFirstLook(part.Pictures), LearnSecondLook(part.Squares)];
    }

    private (float Gesture, float Sight) LearnTogether(Batch batch)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var pictures = Repainted(batch, batch.Clips);
        var guesses = _network.Guess(TsmNetwork.Small(pictures), batch.Clips, _settings.FrozenBlocks);
        var close = _network.Close.LookAt(pictures, SightHead.Find(guesses), _settings.FrozenBlocks);
        var inSquares = InSquares(batch.Targets, close);
        var sight = SightLoss.Of(guesses, batch.Targets) + SightLoss.OfSquares(close.Guesses, close.Maps, inSquares);

        var seen = close.Hand.reshape(StretchFrames, Stretches, HandSight.Count);
        seen = SightVariation.Stray(seen, Spread(seen) * ErrorShare);
        var joined = cat([seen.narrow(1, 0, Streams), seen.narrow(1, Streams, Streams)], 0);
        var gesture = FrameLoss.Of(_network.Head.Forward(joined.flatten(0, 1), Streams), Joined(batch.Targets));
        ((gesture + sight) / Parts).backward();
        return (gesture.item<float>(), sight.item<float>());
    }

    private float LearnFirstLook(Batch batch)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var loss = SightLoss.Of(_network.Guess(Repainted(batch, batch.Clips), batch.Clips, _settings.FrozenBlocks), batch.Targets);
        (loss / Parts).backward();
        return loss.item<float>();
    }

    private float LearnSecondLook(CloseViews views)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var batch = views.Complete(_network);
        var (guesses, maps) = _network.Close.Look(Repainted(batch, batch.Targets.Length), _settings.FrozenBlocks);
        var loss = SightLoss.OfSquares(guesses, maps, batch.Targets);
        (loss / Parts).backward();
        return loss.item<float>();
    }

    private static Tensor Repainted(Batch batch, int clips) => Repainting.Of(batch.Input(TrainingDevice.NumberType), clips);

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

    // What is learnt from at once: by all together, by the first look alone, by the second look alone.
    private sealed record Part(Batch Stretches, Batch Pictures, CloseViews Squares);
}
