using System.Diagnostics;
using System.Globalization;
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
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(3);

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
        foreach (var (_, value) in network.Close.Parameters)
            value.requires_grad = true;
        if (!Checkpoint.Exists(folder, Checkpoint.CloseFileName))
            return;
        Checkpoint.Resume(folder, Checkpoint.CloseFileName, _optimiser);
        Console.WriteLine($"resumes the close look at step {_optimiser.Steps}");
    }

    /// <summary>Runs to the last step; then the look has the averaged weights, those to use.</summary>
    public void Fit(ClipFolder clips)
    {
        var dice = new Dice(_settings.Seed + _optimiser.Steps);
        var next = Task.Run(() => CloseViews.Draw(clips, dice, _squares));
        var (losses, sinceReport) = (0.0, 0);
        var (report, save) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (_optimiser.Steps < _settings.CloseSteps)
        {
            var views = next.Result;
            if (_optimiser.Steps % 50 == 0)
                clips.Refresh();
            next = Task.Run(() => CloseViews.Draw(clips, dice, _squares));
            losses += Step(views);
            sinceReport++;
            var ends = _optimiser.Steps == _settings.CloseSteps;
            if (report.Elapsed > ReportEvery || ends)
            {
                var left = TimeSpan.FromSeconds((_settings.CloseSteps - _optimiser.Steps) * report.Elapsed.TotalSeconds / sinceReport);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"close look {_optimiser.Steps}/{_settings.CloseSteps}  hand {losses / sinceReport:F3}  {sinceReport * _squares / report.Elapsed.TotalSeconds:F0} squares/s of {clips.Count} clips  {left:hh\\:mm\\:ss} left"));
                (losses, sinceReport) = (0, 0);
                report.Restart();
            }

            if (save.Elapsed < SaveEvery && !ends)
                continue;
            Checkpoint.Save(_folder, Checkpoint.CloseFileName, _optimiser, clips.Size);
            save.Restart();
        }

        _optimiser.SwapAverage();
    }

    private float Step(CloseViews views)
    {
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        var batch = views.Complete(_network);
        var (guesses, maps) = _network.Close.Look(batch.Input(TrainingDevice.NumberType), _settings.FrozenBlocks);
        var loss = SightLoss.Of(guesses.unsqueeze(2), batch.Targets) + SightLoss.OfPoints(maps, batch.Targets);
        loss.backward();
        _optimiser.Step(CosineRate.At(LearningRate, _optimiser.Steps, _settings.CloseSteps, WarmUpSteps), NewLayersFactor);
        return loss.item<float>();
    }
}
