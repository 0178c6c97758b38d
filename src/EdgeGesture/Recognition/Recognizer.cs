using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Telemetry;
using EdgeGesture.Vision;

namespace EdgeGesture.Recognition;

/// <summary>One frame through preprocessing, network and decoder. Allocates nothing per frame.</summary>
public sealed class Recognizer(StreamingModel model, Preprocessor preprocessor, GestureDecoder decoder)
{
    /// <summary>The smoothed probability of each label, 0–1, after the last step.</summary>
    public ReadOnlySpan<float> Smoothed => decoder.Smoothed;

    /// <summary>The probability at which each label fires; +∞ for those that never do.</summary>
    public ReadOnlySpan<float> Thresholds => decoder.Thresholds;

    /// <summary>Takes one frame; true when a gesture fired.</summary>
    public bool Step(Frame frame, StageClock clock, out GestureEvent gesture)
    {
        preprocessor.Run(frame, model.Frame);
        clock.Mark(Stage.Preprocess);
        model.Step();
        clock.Mark(Stage.Network);
        var fired = decoder.Step(model.Scores, frame.Timestamp, frame.Sequence, out gesture);
        clock.Mark(Stage.Decode);
        return fired;
    }

    /// <summary>Forgets the past, as before a first frame: the caches and the smoothed scores.</summary>
    public void Reset()
    {
        model.Reset();
        decoder.Reset();
    }
}
