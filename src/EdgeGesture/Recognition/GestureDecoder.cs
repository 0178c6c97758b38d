using System.Numerics.Tensors;
using EdgeGesture.Models;

namespace EdgeGesture.Recognition;

/// <summary>
/// Turns scores into gesture events: a pure function of (scores, time), so that a recorded session replays to the same
/// events. Nothing happens by default: a gesture fires only when its smoothed probability reaches its threshold and
/// exceeds every other label's, background included; once, until it has let go and the refractory time has passed.
/// </summary>
/// <remarks>Allocates nothing per step. Not thread-safe.</remarks>
public sealed class GestureDecoder
{
    private static readonly TimeSpan Never = TimeSpan.MinValue;

    private readonly IReadOnlyList<string> _labels;
    private readonly float[] _thresholds; // by label; +∞ for background and ignored labels
    private readonly float[] _probabilities; // softmax of this step's scores
    private readonly float[] _smoothed; // exponential moving average of the probabilities
    private readonly TimeSpan[] _onsets; // when the label last rose above its release level, or Never
    private readonly double _timeConstantSeconds;
    private readonly TimeSpan _refractory;
    private readonly float _releaseFraction;

    private TimeSpan _lastStep = Never;
    private TimeSpan _lastFire = Never;
    private int _held = -1; // the label that fired and has not let go

    /// <exception cref="EdgeGestureException">An option names a label that the model does not have.</exception>
    public GestureDecoder(ModelMetadata model, DecoderOptions options)
    {
        _labels = model.Labels;
        _thresholds = new float[_labels.Count];
        _probabilities = new float[_labels.Count];
        _smoothed = new float[_labels.Count];
        _onsets = new TimeSpan[_labels.Count];
        _timeConstantSeconds = options.SmoothingSeconds;
        _refractory = TimeSpan.FromSeconds(options.RefractorySeconds);
        _releaseFraction = (float)options.ReleaseFraction;

        foreach (var label in options.Thresholds.Keys.Concat(options.Ignore))
        {
            if (!_labels.Contains(label))
            {
                throw new EdgeGestureException($"The configuration's section recognition names the gesture \"{label}\", which the model does not know; its labels are {string.Join(", ", _labels)}.");
            }
        }

        for (var i = 0; i < _labels.Count; i++)
        {
            var label = _labels[i];
            _thresholds[i] = model.Background.Contains(label) || options.Ignore.Contains(label) ? float.PositiveInfinity
                : options.Thresholds.TryGetValue(label, out var threshold) ? (float)threshold
                : model.ThresholdOf(label);
        }

        Reset();
    }

    /// <summary>The smoothed probability of each label, 0–1, after the last step.</summary>
    public ReadOnlySpan<float> Smoothed => _smoothed;

    /// <summary>The probability at which each label fires; +∞ for those that never do.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>Takes the scores of one frame.</summary>
    /// <param name="scores">The network's logits, one per label.</param>
    /// <param name="time">The frame's timestamp; later than the last step's.</param>
    /// <param name="frame">The frame's sequence number.</param>
    /// <param name="gesture">The event, when there is one.</param>
    /// <returns>Whether a gesture fired.</returns>
    public bool Step(ReadOnlySpan<float> scores, TimeSpan time, long frame, out GestureEvent gesture)
    {
        TensorPrimitives.SoftMax(scores, _probabilities);
        Smooth(Weight(time));
        _lastStep = time;

        for (var i = 0; i < _labels.Count; i++)
        {
            if (_smoothed[i] < ReleaseLevel(i))
            {
                _onsets[i] = Never;
            }
            else if (_onsets[i] == Never)
            {
                _onsets[i] = time;
            }
        }

        if (_held >= 0 && _onsets[_held] == Never)
        {
            _held = -1;
        }

        gesture = default;
        var best = TensorPrimitives.IndexOfMax<float>(_smoothed);
        if (!(_smoothed[best] >= _thresholds[best]) || _held >= 0 || IsRefractory(time))
        {
            return false;
        }

        _held = best;
        _lastFire = time;
        gesture = new GestureEvent(_labels[best], _smoothed[best], _onsets[best], time, frame);
        return true;
    }

    /// <summary>Forgets the past, as before the first frame.</summary>
    public void Reset()
    {
        Array.Clear(_smoothed);
        Array.Fill(_onsets, Never);
        _lastStep = Never;
        _lastFire = Never;
        _held = -1;
    }

    // The moving average's weight of the new value, 1 − e^(−dt/τ), so that the cadence may change. A step counts for τ
    // at most: after a gap one frame alone must not decide.
    private float Weight(TimeSpan time)
    {
        if (_timeConstantSeconds <= 0)
        {
            return 1;
        }

        var elapsed = _lastStep == Never ? _timeConstantSeconds : Math.Clamp((time - _lastStep).TotalSeconds, 0, _timeConstantSeconds);
        return (float)(1 - Math.Exp(-elapsed / _timeConstantSeconds));
    }

    // smoothed += weight · (probabilities − smoothed)
    private void Smooth(float weight)
    {
        TensorPrimitives.Subtract(_probabilities, _smoothed, _probabilities);
        TensorPrimitives.MultiplyAdd(_probabilities, weight, _smoothed, _smoothed);
    }

    private float ReleaseLevel(int label) => _releaseFraction * _thresholds[label];

    private bool IsRefractory(TimeSpan time) => _lastFire != Never && time - _lastFire < _refractory;
}
