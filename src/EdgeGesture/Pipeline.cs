using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Power;
using EdgeGesture.Recognition;
using EdgeGesture.Telemetry;
using EdgeGesture.Vision;

namespace EdgeGesture;

/// <summary>
/// A frame's way through the program: camera → pace → motion gate → preprocess → streaming network → decoder → outputs.
/// One direction, one thread, no allocation per frame.
/// </summary>
public sealed class Pipeline : IDisposable
{
    /// <summary>How long to wait for a frame before looking whether to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly CpuClock _cpu = new();
    private readonly ICamera _camera;
    private readonly IGestureSink _sink;
    private readonly Pace _pace;
    private readonly MotionGate _gate;
    private readonly PreRoll _preRoll;
    private readonly Recognizer _recognizer;
    private readonly double _cadenceFps; // that the network was trained at
    private readonly StreamingModel _model;
    private readonly int _threads; // of a network call at the full level
    private GovernorLevel _level = GovernorLevel.All[0];
    private JpegDecoder? _jpeg; // once a camera gives such frames
    private long _steps;
    private bool _isPaused;
    private bool _wasPaused;

    /// <param name="camera">Where frames come from; stays the caller's.</param>
    /// <param name="model">The network, from its first frame; stays the caller's.</param>
    /// <param name="options">The sections "camera", "motion" and "recognition" count here.</param>
    /// <param name="sink">Where events go.</param>
    /// <param name="clock">The clock that the stages are measured on.</param>
    /// <exception cref="EdgeGestureException">The configuration does not fit the model.</exception>
    public Pipeline(ICamera camera, StreamingModel model, EdgeGestureOptions options, IGestureSink sink, TimeProvider clock)
    {
        _cadenceFps = model.Metadata.CadenceFps;
        _model = model;
        _threads = options.Model.Threads;
        _camera = camera;
        _sink = sink;
        _pace = new Pace(_cadenceFps);
        _gate = new MotionGate(options.Motion);
        _recognizer = new Recognizer(model, new Preprocessor(model.Metadata, options.Camera.Mirror), new GestureDecoder(model.Metadata, options.Recognition));
        _preRoll = new PreRoll(options.Motion.PreRollSeconds, _cadenceFps);
        Stages = new StageClock(clock);
        View = new PipelineView(model.Metadata.Labels.Count, clock);
        model.Reset();
    }

    /// <summary>What it has done; may go on from an earlier pipeline's.</summary>
    public PipelineCounters Counters { get; init; } = new();

    /// <summary>Steps done, with a frame or without: it grows for as long as the pipeline lives. Any thread reads.</summary>
    public long Steps => Volatile.Read(ref _steps);

    /// <summary>What the stages of the last frame took.</summary>
    public StageClock Stages { get; }

    /// <summary>What it sees and thinks, for those who look on.</summary>
    public PipelineView View { get; }

    /// <summary>For who wants to see a frame as the camera gave it.</summary>
    public FrameTap Tap { get; } = new();

    /// <summary>The probability at which each label fires; +∞ for those that never do.</summary>
    public ReadOnlySpan<float> Thresholds => _recognizer.Thresholds;

    /// <summary>Network calls a second at most, as the power governor allows now. Any thread reads.</summary>
    public double CadenceFps => _cadenceFps * Level.CadenceFactor;

    /// <summary>How much of everything is used; the governor's level, where <see cref="Power"/> has one. Any thread reads.</summary>
    public GovernorLevel Level
    {
        get => Volatile.Read(ref _level);
        set
        {
            Volatile.Write(ref _level, value);
            _pace.CadenceFps = CadenceFps;
            _camera.AskForRate(value.IsCameraSlow ? CadenceFps : null);
            var threads = value.IsSingleThread ? 1 : _threads;
            if (threads != _model.Threads)
            {
                _ = _model.TryUseThreads(threads); // otherwise it goes on as it is
            }
        }
    }

    /// <summary>Whether frames are let go unseen and every output is safe. Any thread.</summary>
    public bool IsPaused
    {
        get => Volatile.Read(ref _isPaused);
        set => Volatile.Write(ref _isPaused, value);
    }

    /// <summary>The energy account that frames, inferences and events are counted in, and whose governor sets the cadence.</summary>
    public PowerAccount? Power { get; init; }

    /// <summary>Called on the pipeline's thread after each frame that went through the network.</summary>
    public Action<Frame>? Recognised { get; init; }

    /// <summary>Runs until the camera ends or a stop is asked for.</summary>
    /// <exception cref="EdgeGestureException">The camera failed.</exception>
    public void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Step(Patience) != ReadResult.End)
        {
        }
    }

    /// <summary>Waits for one frame and takes it as far as it needs to go.</summary>
    public ReadResult Step(TimeSpan timeout)
    {
        Stages.Start();
        var result = _camera.Read(timeout, out var frame);
        Volatile.Write(ref _steps, _steps + 1);
        if (frame is null)
        {
            if (result == ReadResult.Lost)
            {
                _sink.MakeSafe("the camera was lost");
                View.CountLoss();
                Reset();
            }

            return result;
        }

        Stages.Mark(Stage.Capture);
        Counters.CountCaptured(frame.Timestamp);
        View.CountFrame();
        Power?.CountFrame();
        if (Power is not null && (Power.Level != Level || _steps == 1)) // an earlier pipeline may have left camera and network at another
        {
            Level = Power.Level;
        }

        if (!Pause() && _pace.IsDue(frame.Timestamp))
        {
            Counters.CountDue();
            PassDecoder(frame);
            Tap.Offer(frame);
        }

        return result;
    }

    public void Dispose()
    {
        _preRoll.Dispose();
        _jpeg?.Dispose();
    }

    // Whether it rests now. What it saw before a pause says nothing about what comes after it.
    private bool Pause()
    {
        var isPaused = IsPaused;
        if (isPaused && !_wasPaused)
        {
            _sink.MakeSafe("recognition is paused");
            Reset();
        }

        return _wasPaused = isPaused;
    }

    // Forgets all frames so far, as before the first.
    private void Reset()
    {
        _pace.Reset();
        _gate.Reset();
        _preRoll.Clear();
        _recognizer.Reset();
    }

    // Compressed frames are opened only now, when it is known that they are needed.
    private void PassDecoder(Frame frame)
    {
        if (frame.Format != PixelFormat.Mjpeg)
        {
            PassGate(frame);
            return;
        }

        _jpeg ??= JpegDecoder.Create(_model.Metadata.Size);
        var isWhole = _jpeg.TryDecode(frame, out var picture);
        Stages.Mark(Stage.Preprocess);
        if (isWhole)
        {
            PassGate(picture);
        }
        else
        {
            Counters.CountBroken();
        }
    }

    // A still scene costs a look at its brightness and a copy; the network sleeps. When something moves it first sees
    // what it slept through, so that its caches are warm and the gesture's beginning is not lost.
    private void PassGate(Frame frame)
    {
        var decision = _gate.Observe(frame);
        if (decision == GateDecision.Sleep)
        {
            _preRoll.Keep(frame);
            Stages.Mark(Stage.Gate);
            View.Sleep();
            return;
        }

        Stages.Mark(Stage.Gate);
        for (var i = 0; decision == GateDecision.Wake && i < _preRoll.Count; i++)
        {
            Recognise(_preRoll[i]);
        }

        _preRoll.Clear();
        Recognise(frame);
        var latency = Stages.SinceArrival;
        View.Observe(_recognizer.Smoothed, latency);
        PipelineInstruments.Latency.Record(latency.TotalSeconds);
    }

    private void Recognise(Frame frame)
    {
        var cpuBefore = _cpu.GetTimestamp();
        if (_recognizer.Step(frame, Stages, out var gesture))
        {
            Counters.CountEvent();
            Power?.CountEvent();
            View.Add(gesture);
            PipelineInstruments.Gestures.Add(1, new KeyValuePair<string, object?>("gesture", gesture.Gesture));
            _sink.Post(gesture);
        }

        Counters.CountInference();
        View.CountInference();
        Power?.CountInference(_cpu.GetElapsedTime(cpuBefore));
        Recognised?.Invoke(frame);
    }
}
