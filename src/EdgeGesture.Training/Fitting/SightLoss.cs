using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>How far the guesses of where the hand is are off: smooth absolute error, only where it is known.</summary>
public static class SightLoss
{
    /// <summary>Guesses (frames·clips)×12 to one number.</summary>
    public static Tensor Of(Tensor guesses, IReadOnlyList<FrameTarget> targets)
    {
        var truths = new float[targets.Count * HandSight.Count];
        var known = new float[targets.Count * HandSight.Count];
        for (var row = 0; row < targets.Count; row++)
        {
            if (targets[row].Sight is not { } sight)
                continue;
            sight.ToArray().CopyTo(truths, row * HandSight.Count);
            for (var i = 0; i < HandSight.Count; i++)
                known[row * HandSight.Count + i] = i == 0 || i == HandSight.Count - 1 || sight.Visible > 0 ? 1 : 0;
        }

        var mask = tensor(known).reshape(targets.Count, HandSight.Count);
        var truth = tensor(truths).reshape(targets.Count, HandSight.Count);
        var loss = nn.functional.smooth_l1_loss(guesses, truth, reduction: nn.Reduction.None, beta: 0.2);
        return (loss * mask).sum() / (mask.sum() + 1e-6);
    }
}
