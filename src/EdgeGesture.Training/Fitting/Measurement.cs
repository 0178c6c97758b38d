using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>How good a network is on clips.</summary>
public sealed class Measurement
{
    private const int BatchClips = 4;
    private const float EventThreshold = 0.6f;
    private const float SmoothingSeconds = 0.25f;

    private static readonly int NoGesture = GestureBook.IndexOf(JesterVocabulary.NoGesture);

    private Measurement(int[,] confusion, double loss, double frameAccuracy)
    {
        Confusion = confusion;
        Loss = loss;
        FrameAccuracy = frameAccuracy;
        var labels = JesterVocabulary.Labels;
        int gestures = 0, right = 0, backgrounds = 0, wrong = 0;
        for (var truth = 0; truth < labels.Count; truth++)
        {
            for (var said = 0; said < labels.Count; said++)
            {
                if (GestureBook.IsBackground(truth))
                {
                    backgrounds += confusion[truth, said];
                    wrong += GestureBook.IsBackground(said) ? 0 : confusion[truth, said];
                }
                else
                {
                    gestures += confusion[truth, said];
                    right += truth == said ? confusion[truth, said] : 0;
                }
            }
        }

        ClipAccuracy = gestures == 0 ? 0 : (double)right / gestures;
        FalseEventShare = backgrounds == 0 ? 0 : (double)wrong / backgrounds;
    }

    /// <summary>Clips by what they show (row) and what was recognised first (column).</summary>
    public int[,] Confusion { get; }

    public double Loss { get; }

    /// <summary>The share of frames, of those that teach something, whose highest score is right.</summary>
    public double FrameAccuracy { get; }

    /// <summary>The share of gesture clips whose first recognised gesture is the right one.</summary>
    public double ClipAccuracy { get; }

    /// <summary>The share of background clips in which a gesture was recognised.</summary>
    public double FalseEventShare { get; }

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"validation loss {Loss:F3}, frames {FrameAccuracy:P1}, gesture clips {ClipAccuracy:P1}, false events in {FalseEventShare:P1} of background clips");

    /// <param name="forward">From pictures and the number of clips to scores, as <see cref="TsmNetwork.Forward"/>.</param>
    /// <param name="clips">What to measure on.</param>
    public static Measurement Of(Func<Tensor, int, Tensor> forward, ClipFolder clips)
    {
        var labels = JesterVocabulary.Labels.Count;
        var confusion = new int[labels, labels];
        var (loss, right, counted) = (0.0, 0, 0);
        foreach (var some in Enumerable.Range(0, clips.Count).Chunk(BatchClips))
        {
            using var pause = new CollectionPause();
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var batch = Batch.Of([.. some.Select(clips.Read)], clips.Size);
            var scores = forward(batch.Input(TrainingDevice.NumberType), batch.Clips);
            loss += FrameLoss.Of(scores, batch.Targets).item<float>() * batch.Clips / clips.Count;
            var best = scores.argmax(1).cpu().data<long>().ToArray();
            var probabilities = scores.softmax(1).cpu().data<float>().ToArray();
            for (var row = 0; row < batch.Targets.Length; row++)
            {
                if (batch.Targets[row].Weight == 0)
                    continue;
                counted++;
                right += FrameLoss.Allows(batch.Targets[row], (int)best[row]) ? 1 : 0;
            }

            for (var clip = 0; clip < batch.Clips; clip++)
            {
                var truth = batch.ClipLabels[clip];
                var silent = GestureBook.IsBackground(truth) ? truth : NoGesture;
                confusion[truth, FirstEvent(probabilities, clip, batch.Clips, labels) ?? silent]++;
            }
        }

        return new Measurement(confusion, loss, (double)right / Math.Max(counted, 1));
    }

    private static int? FirstEvent(float[] probabilities, int clip, int clips, int labels)
    {
        var smooth = new float[labels];
        var keep = MathF.Exp(-1f / (ClipRenderer.CadenceFps * SmoothingSeconds));
        for (var t = 0; t < probabilities.Length / labels / clips; t++)
        {
            for (var label = 0; label < labels; label++)
            {
                smooth[label] = keep * smooth[label] + (1 - keep) * probabilities[(t * clips + clip) * labels + label];
                if (smooth[label] > EventThreshold && !GestureBook.IsBackground(label))
                    return label;
            }
        }

        return null;
    }
}
