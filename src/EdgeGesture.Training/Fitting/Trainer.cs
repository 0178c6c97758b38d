using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Trains the network as it is used: whole clips through the causal network, states zero at their start, a loss on every
/// frame. Everything it leaves lies in one run folder.
/// </summary>
public sealed class Trainer
{
    private const int WarmUpSteps = 60;
    private const double EarlyShare = 0.75;
    private const double Dropout = 0.2;
    private const double SightWeight = 1.5;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromMinutes(12);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly FitSettings _settings;
    private readonly string _folder;
    private readonly TsmNetwork _network;
    private readonly Optimiser _optimiser;

    public Trainer(FitSettings settings, string folder)
    {
        _settings = settings;
        _folder = folder;
        Directory.CreateDirectory(folder);
        random.manual_seed(settings.Seed);
        _network = new TsmNetwork(JesterVocabulary.Labels.Count);
        if (Checkpoint.Exists(folder))
        {
            _optimiser = new Optimiser(_network.Parameters);
            Checkpoint.Resume(folder, _optimiser);
            Console.WriteLine($"resumes {folder} at step {_optimiser.Steps}");
        }
        else
        {
            if (settings.Init.EndsWith(Checkpoint.Extension, StringComparison.Ordinal))
                Checkpoint.LoadAverage(settings.Init, _network);
            else
                InitialWeights.Load(settings.Init, _network);
            _optimiser = new Optimiser(_network.Parameters);
        }

        foreach (var (_, value) in _network.Parameters)
            value.requires_grad = true;
        File.WriteAllText(Path.Combine(folder, "settings.json"), JsonSerializer.Serialize(settings, Indented));
    }

    /// <summary>Runs to the last step; returns the last measurement.</summary>
    public Measurement Run()
    {
        using var clips = new ClipFolder(_settings.Clips, _settings.Labels);
        using var validation = new ClipFolder(_settings.Validation, _settings.Labels);
        if (validation.Size != clips.Size)
            throw new TrainingException($"The clips to learn from have {clips.Size} pixels a side, those to measure on {validation.Size}; make both with one --size.");
        var dice = new Dice(_settings.Seed + _optimiser.Steps);
        var next = Task.Run(() => Draw(clips, dice));
        var (losses, sights, sinceReport) = (0.0, 0.0, 0);
        var report = Stopwatch.StartNew();
        var save = Stopwatch.StartNew();
        var measure = Stopwatch.StartNew();
        while (_optimiser.Steps < _settings.Steps)
        {
            var batch = next.Result;
            if (_optimiser.Steps % 50 == 0)
                clips.Refresh();
            next = Task.Run(() => Draw(clips, dice));
            var (loss, sight) = Step(batch);
            losses += loss;
            sights += sight;
            sinceReport++;
            if (report.Elapsed > ReportEvery || _optimiser.Steps == _settings.Steps)
            {
                var perSecond = sinceReport * _settings.BatchClips / report.Elapsed.TotalSeconds;
                var remaining = TimeSpan.FromSeconds((_settings.Steps - _optimiser.Steps) * report.Elapsed.TotalSeconds / sinceReport);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"step {_optimiser.Steps}/{_settings.Steps}  loss {losses / sinceReport:F3}  hand {sights / sinceReport:F3}  {perSecond:F1} clips/s of {clips.Count}  {remaining:hh\\:mm\\:ss} left"));
                File.AppendAllText(
                    Path.Combine(_folder, "loss.csv"),
                    string.Create(CultureInfo.InvariantCulture, $"{_optimiser.Steps},{losses / sinceReport:F4},{sights / sinceReport:F4},{perSecond:F2}\n"));
                (losses, sights, sinceReport) = (0, 0, 0);
                report.Restart();
            }

            if (_optimiser.Steps == _settings.Steps)
                break;
            if (save.Elapsed > SaveEvery)
            {
                Checkpoint.Save(_folder, _optimiser, clips.Size);
                save.Restart();
            }

            if (measure.Elapsed > MeasureEvery)
            {
                Measure(validation);
                measure.Restart();
                report.Restart();
                (losses, sights, sinceReport) = (0, 0, 0);
            }
        }

        Checkpoint.Save(_folder, _optimiser, clips.Size);
        return Measure(validation);
    }

    private Batch Draw(ClipFolder clips, Dice dice) =>
        Batch.Of([.. Enumerable.Range(0, _settings.BatchClips).Select(_ => clips.Draw(dice, _settings.Frames))], clips.Size);

    private (double Label, double Sight) Step(Batch batch)
    {
        using var scope = NewDisposeScope();
        Tensor x;
        using (no_grad())
            x = _network.ForwardStem(Pictures(batch), batch.Clips, _settings.FrozenBlocks);
        var (features, guesses) = _network.ForwardRest(x, batch.Clips, _settings.FrozenBlocks);
        var scores = _network.Classify(nn.functional.dropout(features, Dropout, training: true));
        var loss = FrameLoss.Of(scores, batch.Targets);
        var sight = SightLoss.Of(guesses, batch.Targets);
        (loss + SightWeight * sight).backward();
        _optimiser.Step(LearningRate(_optimiser.Steps), _settings.HeadFactor);
        return (loss.item<float>(), sight.item<float>());
    }

    // What is learnt from small pictures serves large ones, as the network has no layer of a fixed size.
    private Tensor Pictures(Batch batch)
    {
        var pictures = batch.Input(ScalarType.BFloat16);
        return _settings.EarlySize is { } size && _optimiser.Steps < EarlyShare * _settings.Steps
            ? nn.functional.interpolate(pictures, size: [size, size], mode: InterpolationMode.Area)
            : pictures;
    }

    private double LearningRate(int step)
    {
        var warm = Math.Min(1, (step + 1.0) / WarmUpSteps);
        return _settings.LearningRate * warm * (0.02 + 0.98 * (1 + Math.Cos(Math.PI * step / _settings.Steps)) / 2);
    }

    private Measurement Measure(ClipFolder validation)
    {
        _optimiser.SwapAverage();
        var measured = Measurement.Of(_network, validation);
        _optimiser.SwapAverage();
        Console.WriteLine($"step {_optimiser.Steps}: {measured.Summary}");
        File.AppendAllText(
            Path.Combine(_folder, "validation.csv"),
            string.Create(CultureInfo.InvariantCulture, $"{_optimiser.Steps},{measured.Loss:F4},{measured.FrameAccuracy:F4},{measured.ClipAccuracy:F4},{measured.FalseEventShare:F4}\n"));
        RunPlots.Save(_folder, measured);
        return measured;
    }
}
