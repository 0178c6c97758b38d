using System.Numerics;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// What the network saw of a hand (<see cref="HandSight"/>, all numbers times the probability that there is one) as it
/// might have seen it from elsewhere, in a mirror, and with errors of its own: some that stay and some of each frame. Two
/// things are told worse of real hands than of rendered ones, so the memory must not trust them blindly: whose eyes see, which
/// is any value at times, and how fast the hand moves, which is less at times than what its places say.
/// </summary>
public sealed class SightVariation
{
    private const float LastingError = 0.2f; // in spreads of each number
    private const float FleetingError = 0.1f;
    private const float BlinkShare = 0.15f;
    private const float AnyEyesShare = 0.3f;
    private const float SlowedShare = 0.5f;

    private readonly Dice _dice;
    private readonly float[] _spread;
    private readonly float _zoom;
    private readonly Matrix3x2 _way;
    private readonly float[] _error = new float[HandSight.Count];
    private readonly int _blink; // the frame from which the hand is not seen well
    private readonly int _blinkFrames;
    private readonly float _blinkVisible;
    private readonly float? _firstPerson; // what is told in place of what was seen
    private readonly float _slowed; // the share of motion and growth that is told

    /// <param name="dice">Chooses the variation, and each frame's errors.</param>
    /// <param name="spread">By how much each number differs in all that the network sees.</param>
    /// <param name="frames">How many frames it is for.</param>
    /// <param name="mayMirror">Whether left and right may change places.</param>
    public SightVariation(Dice dice, float[] spread, int frames, bool mayMirror)
    {
        (_dice, _spread) = (dice, spread);
        IsMirrored = dice.Chance(0.5f) && mayMirror;
        _zoom = MathF.Exp(dice.Between(-0.25f, 0.25f));
        _way = Matrix3x2.CreateScale(_zoom) * Matrix3x2.CreateRotation(dice.Normal(0.1f))
            * Matrix3x2.CreateTranslation(dice.Between(-0.15f, 0.15f), dice.Between(-0.15f, 0.15f));
        for (var i = 0; i < _error.Length; i++)
            _error[i] = dice.Normal(LastingError) * spread[i];
        _blink = dice.Chance(BlinkShare) ? dice.Below(frames) : frames;
        _blinkFrames = 1 + dice.Below(3);
        _blinkVisible = dice.Between(0, 0.6f);
        _firstPerson = dice.Chance(AnyEyesShare) ? dice.Between(0, 1) : null;
        _slowed = dice.Chance(SlowedShare) ? dice.Between(0, 1) : 1;
    }

    /// <summary>Whether left and right change places, in labels too.</summary>
    public bool IsMirrored { get; }

    /// <summary>
    /// Errors as those of <see cref="Vary"/> in what the network saw of clips, frames×clips×41; nothing moves, and gradients
    /// pass through.
    /// </summary>
    /// <param name="seen">Frames×clips×41.</param>
    /// <param name="spread">41, by how much each number differs.</param>
    public static Tensor Stray(Tensor seen, Tensor spread)
    {
        var (frames, clips) = (seen.shape[0], seen.shape[1]);
        var visible = seen.narrow(2, 0, 1);
        var firstPerson = where(rand(1, clips, 1) < AnyEyesShare, rand(1, clips, 1) * visible, seen.narrow(2, 13, 1));
        var slowed = where(rand(1, clips, 1) < SlowedShare, rand(1, clips, 1), ones(1, clips, 1));
        var values = cat([seen.narrow(2, 1, 3), seen.narrow(2, 4, 3) * slowed, seen.narrow(2, 7, 6), firstPerson, seen.narrow(2, 14, HandSight.Count - 14)], 2);
        var errors = randn(1, clips, HandSight.Count - 1) * LastingError + randn(frames, clips, HandSight.Count - 1) * FleetingError;
        return cat([visible, values + visible.detach() * errors * spread.narrow(0, 1, HandSight.Count - 1)], 2);
    }

    /// <summary>Varies the 41 numbers of one frame.</summary>
    public void Vary(Span<float> values, int frame)
    {
        HandSight.Hasten(values, _slowed);
        HandSight.Move(values, _way, _zoom);
        if (_firstPerson is { } firstPerson)
            HandSight.TellFirstPerson(values, firstPerson);
        if (IsMirrored)
            HandSight.Mirror(values);
        for (var i = 1; i < values.Length; i++)
            values[i] += values[0] * (_error[i] + _dice.Normal(FleetingError) * _spread[i]);
        if (frame < _blink || frame >= _blink + _blinkFrames)
            return;
        foreach (ref var value in values)
            value *= _blinkVisible;
    }
}
