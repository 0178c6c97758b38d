using EdgeGesture.Outputs;
using EdgeGesture.Recognition;

namespace EdgeGesture.Service.Bench;

/// <summary>The end of the way that is measured.</summary>
internal sealed class Nowhere : IGestureSink
{
    public void Post(in GestureEvent gesture)
    {
        // Measured to here.
    }

    public void MakeSafe(string reason)
    {
        // There is nothing to make safe.
    }
}
