using System.Diagnostics.Metrics;

namespace EdgeGesture.Telemetry;

/// <summary>What the pipeline measures as it goes. Without a listener a measurement costs one comparison.</summary>
internal static class PipelineInstruments
{
    private static readonly Meter Meter = new(Power.PowerAccount.MeterName);

    /// <summary>From a frame's arrival to its scores, for frames that went through the network.</summary>
    public static readonly Histogram<double> Latency = Meter.CreateHistogram(
        "edgegesture.frame.latency", "s", "From a frame's arrival to its scores.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] });

    /// <summary>Gestures that fired, by name.</summary>
    public static readonly Counter<long> Gestures = Meter.CreateCounter<long>("edgegesture.gestures", "{gesture}", "Gestures that fired.");
}
