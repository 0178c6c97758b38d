using EdgeGesture.Outputs;
using EdgeGesture.Recognition;

namespace EdgeGesture.Service.Clips;

/// <summary>Keeps the events of a clip.</summary>
internal sealed class EventList : IGestureSink
{
    private readonly List<GestureEvent> _events = [];

    public IReadOnlyList<GestureEvent> Events => _events;

    public void Post(in GestureEvent gesture) => _events.Add(gesture);

    public void MakeSafe(string reason)
    {
        // A clip drives nothing.
    }
}
