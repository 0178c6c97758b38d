using System.Globalization;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;

namespace EdgeGesture.Service.Demo;

/// <summary>A gesture and what it did to the simulated board.</summary>
internal sealed record DemoEvent(GestureEvent Gesture, IReadOnlyList<SimulatedBoard.Change> Changes)
{
    public string Time => string.Create(CultureInfo.InvariantCulture, $"{Gesture.Fire.TotalSeconds:0.0} s");

    public string Confidence => Gesture.Confidence.ToString("0.00", CultureInfo.InvariantCulture);

    public string Pins => Changes.Count == 0 ? "no pin" : string.Join(", ", Changes.Select(change => $"{change.Line} {change.Level}"));
}
