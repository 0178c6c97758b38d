using EdgeGesture.Recognition;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Outputs;

/// <summary>Writes a line for each gesture into the service's log.</summary>
public sealed class LogOutput(string name, ILogger log) : IOutput
{
    public void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop) =>
        log.LogInformation("{Output}: {Gesture} ({Confidence:0.00})", name, gesture.Gesture, gesture.Confidence);

    public void MakeSafe()
    {
        // A line in a log is always safe.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
