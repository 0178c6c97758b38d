using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

/// <summary>A board that fares as a test says.</summary>
internal sealed class SimulatedHealth : IBoardHealthSource
{
    public BoardHealth Health { get; set; }

    public BoardHealth Read() => Health;
}
