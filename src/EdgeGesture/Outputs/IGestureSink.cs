using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>Where the pipeline hands its events: never blocks, never throws.</summary>
public interface IGestureSink
{
    /// <summary>Takes one event; whatever it sets off happens on other threads.</summary>
    void Post(in GestureEvent gesture);

    /// <summary>Brings every output to its safe level because nothing is seen any more (a camera lost, say).</summary>
    /// <param name="reason">Why, for the log.</param>
    void MakeSafe(string reason);
}
