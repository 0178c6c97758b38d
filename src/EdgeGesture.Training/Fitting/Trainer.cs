using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Trains the network as it is used: stretches of clips through the causal network, states zero at their start, a loss on
/// every frame; then the second look on squares around hands, then the recurrent head on what both see, and last all of it
/// together. Everything it leaves lies in one run folder.
/// </summary>
public sealed class Trainer
{
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromMinutes(12);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly FitSettings _settings;
    private readonly string _folder;
    private readonly Learner _learner;

    public Trainer(FitSettings settings, string folder)
    {
        _settings = settings;
        _folder = folder;
        Directory.CreateDirectory(folder);
        random.manual_seed(settings.Seed);
        var network = new TsmNetwork(JesterVocabulary.Labels.Count);
        var isComplete = Checkpoint.Exists(folder, Checkpoint.FileName) && Checkpoint.Exists(folder, Checkpoint.CloseFileName);
        if (!isComplete && settings.Init.EndsWith(Checkpoint.Extension, StringComparison.Ordinal))
            Checkpoint.LoadAverage(settings.Init, network);
        else if (!isComplete)
            InitialWeights.Load(settings.Init, network);
        _learner = new Learner(settings, network);
        Checkpoint.ResumeIfSaved(folder, Checkpoint.FileName, _learner.Optimiser, "the first look");
        File.WriteAllText(Path.Combine(folder, "settings.json"), JsonSerializer.Serialize(settings, Indented));
    }

    /// <summary>Trains all that has not been trained yet; returns the measurement of the whole.</summary>
    public Measurement Run()
    {
        var isJoint = Checkpoint.Exists(_folder, Checkpoint.JointFileName);
        if (!isJoint)
            FitFirstLook();
        using var clips = new ClipFolder(_settings.Clips, _settings.Labels, _settings.Size);
        if (isJoint)
            return FitJointly(clips);
        _learner.Optimiser.SwapAverage(); // to the averaged weights, those to use
        new CloseTrainer(_settings, _folder, _learner.Network).Fit(clips);
        var measured = FitHead(clips);
        return _settings.JointSteps > 0 ? FitJointly(clips) : measured;
    }

    private Measurement FitJointly(ClipFolder clips)
    {
        using var validation = new ClipFolder(_settings.Validation, _settings.Labels, _settings.Size);
        new JointTrainer(_settings, _folder, _learner.Network).Fit(clips);
        return Report("all together", Measurement.Of(_learner.Network.Forward, validation));
    }

    private void FitFirstLook()
    {
        var side = _settings.Size / TsmNetwork.FirstLookShrinks;
        using var clips = new ClipFolder(_settings.Clips, _settings.Labels, side);
        using var validation = new ClipFolder(_settings.Validation, _settings.Labels, side);
        var dice = new Dice(_settings.Seed + _learner.Optimiser.Steps);
        var sinceMeasured = Stopwatch.StartNew();
        new StepLoop("step", _settings.Steps, "clips", _settings.BatchClips, "loss", "hand").Run(
            _learner.Optimiser, clips, () => clips.DrawBatch(dice, _settings.BatchClips, _settings.Frames), _learner.Step, Save, Note);
        Measure(validation);

        void Save()
        {
            Checkpoint.Save(_folder, Checkpoint.FileName, _learner.Optimiser, _settings.Size);
            if (sinceMeasured.Elapsed < MeasureEvery || _learner.Optimiser.Steps == _settings.Steps)
                return;
            Measure(validation);
            sinceMeasured.Restart();
        }

        void Note(double[] losses, double perSecond) => File.AppendAllText(
            Path.Combine(_folder, "loss.csv"),
            string.Create(CultureInfo.InvariantCulture, $"{_learner.Optimiser.Steps},{losses[0]:F4},{losses[1]:F4},{perSecond:F2}\n"));
    }

    private Measurement FitHead(ClipFolder clips)
    {
        using var validation = new ClipFolder(_settings.Validation, _settings.Labels, _settings.Size);
        var network = _learner.Network;
        if (_settings.HeadSteps > 0)
        {
            var dice = new Dice(_settings.Seed);
            var known = _settings.Rehearse is { } file ? SeenClips.Load(file, network) : null;
            var seen = SeenClips.See(network, clips, dice);
            File.Delete(Path.Combine(_folder, Checkpoint.RehearsedFileName));
            if (known is not null)
                seen = seen.Beside(Rehearsed(seen, known));
            new HeadTrainer(seen).Fit(network.Head, dice, _settings.HeadSteps);
        }

        Checkpoint.SaveHead(_folder, network.Head);
        return Report("with the memory", Measurement.Of(network.Forward, validation));
    }

    // What is known and not replaced; its thresholds are found on it, too.
    private SeenClips Rehearsed(SeenClips own, SeenClips known)
    {
        var replacements = Replacement.Of(Peak.Of(_learner.Network.Head, own));
        foreach (var replacement in replacements)
            Console.WriteLine(replacement);
        var rehearsed = known.Without(replacements.SelectMany(replacement => replacement.Replaced).ToHashSet());
        rehearsed.Save(Path.Combine(_folder, Checkpoint.RehearsedFileName), _learner.Network);
        Console.WriteLine($"rehearses {rehearsed.Count} of {known.Count} clips of what the model knows");
        return rehearsed;
    }

    private void Measure(ClipFolder validation) => Report($"step {_learner.Optimiser.Steps}", _learner.Measure(validation));

    private Measurement Report(string when, Measurement measured)
    {
        Console.WriteLine($"{when}: {measured.Summary}");
        File.AppendAllText(
            Path.Combine(_folder, "validation.csv"),
            string.Create(CultureInfo.InvariantCulture, $"{_learner.Optimiser.Steps},{measured.Loss:F4},{measured.FrameAccuracy:F4},{measured.ClipAccuracy:F4},{measured.FalseEventShare:F4}\n"));
        RunPlots.Save(_folder, measured);
        return measured;
    }
}
