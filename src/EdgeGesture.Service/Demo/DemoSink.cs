using EdgeGesture.Outputs;
using EdgeGesture.Recognition;

namespace EdgeGesture.Service.Demo;

/// <summary>Hands events to the real outputs and notes which of the simulated board's lines each of them changed.</summary>
internal sealed class DemoSink(OutputDispatcher outputs, SimulatedBoard board) : IGestureSink
{
    private readonly List<DemoEvent> _events = [];

    public IReadOnlyList<DemoEvent> Events => _events;

    public void Post(in GestureEvent gesture)
    {
        var before = board.History.Count;
        outputs.Post(gesture);

        // Recognition need not wait for outputs; a table that shows both does.
        outputs.WhenIdleAsync().GetAwaiter().GetResult();
        _events.Add(new DemoEvent(gesture, [.. board.History.Skip(before)]));
    }

    public void MakeSafe(string reason) => outputs.MakeSafe(reason);
}
