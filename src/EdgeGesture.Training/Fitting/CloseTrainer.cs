using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>Trains the second look (<see cref="CloseLook"/>) on squares around hands; resumed like the first.</summary>
public sealed class CloseTrainer
{
    private const int WarmUpSteps = 100;
    private const double LearningRate = 1e-3;
    private const double NewLayersFactor = 2; // Those that have not been trained before learn so much faster.

    private readonly FitSettings _settings;
    private readonly string _folder;
    private readonly TsmNetwork _network;
    private readonly Optimiser _optimiser;
    private readonly int _squares; // a step

    public CloseTrainer(FitSettings settings, string folder, TsmNetwork network)
    {
        (_settings, _folder, _network) = (settings, folder, network);
        _squares = settings.BatchClips * settings.Frames;
        _optimiser = new Optimiser(network.Close.Parameters);
        Checkpoint.ResumeIfSaved(folder, Checkpoint.CloseFileName, _optimiser, "the close look");
    }

    /// <summary>Runs to the last step; then the look has the averaged weights, those to use.</summary>
    public void Fit(ClipFolder clips)
    {
        var dice = new Dice(_settings.Seed + _optimiser.Steps);
        new StepLoop("close look", _settings.CloseSteps, "squares", _squares, "hand").Run(
            _optimiser, clips, () => CloseViews.Draw(clips, dice, _squares), Step,
            () => Checkpoint.Save(_folder, Checkpoint.CloseFileName, _optimiser, clips.Size));
        _optimiser.SwapAverage();
    }

    private double[] Step(CloseViews views)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var batch = views.Complete(_network);
        var (guesses, maps) = _network.Close.Look(batch.Input(TrainingDevice.NumberType), _settings.FrozenBlocks);
        var loss = SightLoss.OfSquares(guesses, maps, batch.Targets);
        loss.backward();
        _optimiser.Step(CosineRate.At(LearningRate, _optimiser.Steps, _settings.CloseSteps, WarmUpSteps), NewLayersFactor);
        return [loss.item<float>()];
    }
}
