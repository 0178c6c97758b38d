using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

/// <summary>A meter that reads what a test says.</summary>
internal sealed class SimulatedMeter : IPowerMeter
{
    public Func<double?> Watts { get; set; } = () => 3;

    public string Source => "simulated meter";

    public bool IsMeasured => true;

    public bool IsMean { get; init; }

    public TimeSpan LeastInterval { get; init; }

    public bool IsDisposed { get; private set; }

    public bool TryRead(out double watts)
    {
        var reading = Watts();
        watts = reading ?? 0;
        return reading is not null;
    }

    public void Dispose() => IsDisposed = true;
}
