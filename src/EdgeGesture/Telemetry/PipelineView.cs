using EdgeGesture.Recognition;

namespace EdgeGesture.Telemetry;

/// <summary>
/// What the pipeline sees and thinks, kept for whoever looks. The pipeline's thread writes, a few numbers a frame into
/// memory that is made once; any thread reads.
/// </summary>
public sealed class PipelineView(int labels, TimeProvider clock)
{
    private const int KeptGestures = 10;
    private const int KeptLatencies = 128;

    private readonly Lock _lock = new(); // of everything but the rates
    private readonly RateMeter _frames = new(clock);
    private readonly RateMeter _inferences = new(clock);
    private readonly float[] _scores = new float[labels];
    private readonly TimeSpan[] _latencies = new TimeSpan[KeptLatencies];
    private readonly Queue<SeenGesture> _gestures = new(KeptGestures);
    private long _observations;
    private long? _lostAt;
    private bool _isAwake;

    internal void CountFrame()
    {
        _frames.Count();
        if (_lostAt is not null)
        {
            SetLost(null);
        }
    }

    internal void CountInference() => _inferences.Count();

    internal void CountLoss() => SetLost(clock.GetTimestamp());

    internal void Add(in GestureEvent gesture)
    {
        lock (_lock)
        {
            if (_gestures.Count == KeptGestures)
            {
                _gestures.Dequeue();
            }

            _gestures.Enqueue(new SeenGesture(clock.GetLocalNow(), gesture.Gesture, gesture.Confidence));
        }
    }

    /// <summary>Notes that the network slept through a frame.</summary>
    internal void Sleep()
    {
        lock (_lock)
        {
            _isAwake = false;
        }
    }

    /// <summary>Notes what became of a frame that went through the network.</summary>
    internal void Observe(ReadOnlySpan<float> scores, TimeSpan latency)
    {
        lock (_lock)
        {
            _isAwake = true;
            scores.CopyTo(_scores);
            _latencies[_observations++ % KeptLatencies] = latency;
        }
    }

    /// <summary>This moment.</summary>
    public PipelineMoment Read()
    {
        lock (_lock)
        {
            var latencies = _latencies[..(int)Math.Min(_observations, KeptLatencies)];
            Array.Sort(latencies);
            return new PipelineMoment
            {
                FramesPerSecond = _frames.PerSecond,
                InferencesPerSecond = _inferences.PerSecond,
                LostFor = _lostAt is { } lostAt ? clock.GetElapsedTime(lostAt) : null,
                IsAwake = _isAwake,
                Scores = [.. _scores],
                MedianLatency = latencies.Length > 0 ? latencies[latencies.Length / 2] : null,
                WorstLatency = latencies.Length > 0 ? latencies[^1] : null,
                Gestures = [.. _gestures.Reverse()],
            };
        }
    }

    private void SetLost(long? at)
    {
        lock (_lock)
        {
            _lostAt = at;
        }
    }
}
