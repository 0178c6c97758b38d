using EdgeGesture.Training.Networks;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>A network whose first look learns, with the head behind it: one step a batch, at the learning rate of the step.</summary>
public sealed class Learner
{
    private const int WarmUpSteps = 60;
    private const double LabelWeight = 0.3;

    private readonly FitSettings _settings;

    public Learner(FitSettings settings, TsmNetwork network)
    {
        _settings = settings;
        Network = network;
        Optimiser = new Optimiser(network.Parameters);
    }

    public TsmNetwork Network { get; }

    public Optimiser Optimiser { get; }

    /// <summary>Learns from a batch; returns the losses of labels and of where the hand is, before the step.</summary>
    public double[] Step(Batch batch)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var guesses = Network.Guess(batch.Input(TrainingDevice.NumberType), batch.Clips, _settings.FrozenBlocks);
        var loss = FrameLoss.Of(Network.Head.Forward(SightHead.Attend(guesses), batch.Clips), batch.Targets);
        var sight = SightLoss.Of(guesses, batch.Targets);
        (LabelWeight * loss + sight).backward();
        Optimiser.Step(CosineRate.At(_settings.LearningRate, Optimiser.Steps, _settings.Steps, WarmUpSteps), _settings.HeadFactor);
        return [loss.item<float>(), sight.item<float>()];
    }

    /// <summary>Measures the first look with averaged weights, those to use.</summary>
    public Measurement Measure(ClipFolder validation)
    {
        Optimiser.SwapAverage();
        var measured = Measurement.Of(Network.ForwardFirstLook, validation);
        Optimiser.SwapAverage();
        return measured;
    }
}
