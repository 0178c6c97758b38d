using EdgeGesture.Cameras;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Telemetry;
using EdgeGesture.Vision;

namespace EdgeGesture;

/// <summary>
/// A frame's way through the program: camera → pace → preprocess → streaming network → decoder → outputs. One
/// direction, one thread, no allocation per frame.
/// </summary>
public sealed class Pipeline(ICamera camera, Pace pace, Recognizer recognizer, IGestureSink sink, TimeProvider clock)
{
    /// <summary>How long to wait for a frame before looking whether to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    public PipelineCounters Counters { get; } = new();

    /// <summary>What the stages of the last frame took.</summary>
    public StageClock Stages { get; } = new(clock);

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
        var result = camera.Read(timeout, out var frame);
        if (frame is null)
        {
            return result;
        }

        Stages.Mark(Stage.Capture);
        Counters.CountCaptured(frame.Timestamp);
        if (pace.IsDue(frame.Timestamp))
        {
            Counters.CountDue();
            Recognise(frame);
        }

        return result;
    }

    private void Recognise(Frame frame)
    {
        if (recognizer.Step(frame, Stages, out var gesture))
        {
            Counters.CountEvent();
            sink.Post(gesture);
        }

        Counters.CountInference();
        Recognised?.Invoke(frame);
    }
}
