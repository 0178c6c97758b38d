using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Comparing;

/// <summary>
/// Trains the TSM network and its 3D twin side by side: every batch goes to one and then to the other, so that both learn
/// from the same clips in the same steps and a busy machine slows both alike.
/// </summary>
public sealed class TwinComparison
{
    private const int Measurements = 6;

    private readonly FitSettings _settings;

    /// <param name="settings">How both learn.</param>
    /// <param name="conv3d">Whether the twin uses the library's conv3d, as is usual, instead of the quicker sum over frames.</param>
    public TwinComparison(FitSettings settings, bool conv3d)
    {
        _settings = settings;
        Tsm = new Runner("TSM", Learner(twin3d: false));
        Twin = new Runner("3D twin", Learner(twin3d: true));
        foreach (var layer in Twin.Network.Trunk.Convolutions.Where(layer => layer.Taps > 1))
            layer.UsesConv3d = conv3d;
    }

    public Runner Tsm { get; }

    public Runner Twin { get; }

    /// <summary>The pictures' side S, pixels; known once it ran.</summary>
    public int Size { get; private set; }

    public void Run()
    {
        using var clips = new ClipFolder(_settings.Clips, _settings.Labels, _settings.Size);
        using var validation = new ClipFolder(_settings.Validation, _settings.Labels, _settings.Size);
        Size = clips.Size;
        var dice = new Dice(_settings.Seed);
        var every = Math.Max(1, _settings.Steps / Measurements);
        Tsm.Measure(validation);
        Twin.Measure(validation);
        for (var step = 1; step <= _settings.Steps; step++)
        {
            var batch = clips.DrawBatch(dice, _settings.BatchClips, _settings.Frames);
            Tsm.Step(batch);
            Twin.Step(batch);
            if (step % every != 0 && step != _settings.Steps)
                continue;
            foreach (var runner in new[] { Tsm, Twin })
            {
                var reached = runner.Measure(validation);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{runner.Name,-7}  step {step}/{_settings.Steps}  {step * _settings.BatchClips / reached.Elapsed.TotalSeconds:F1} clips/s  {reached.Measured.Summary}"));
            }
        }
    }

    // Both begin from the same random numbers where they have no trained ones.
    private Learner Learner(bool twin3d)
    {
        random.manual_seed(_settings.Seed);
        var network = new TsmNetwork(JesterVocabulary.Labels.Count, twin3d);
        InitialWeights.Load(_settings.Init, network);
        return new Learner(_settings, network);
    }
}
