namespace EdgeGesture.Service.Bench;

/// <summary>What <c>edgegesture bench --latency --json</c> prints: milliseconds from a frame's timestamp to the write to its pin.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Threads">Threads of a network call.</param>
/// <param name="Frames">Frames measured.</param>
/// <param name="P50Ms">The median.</param>
/// <param name="P99Ms">The 99th percentile.</param>
/// <param name="OwnP50Ms">The median without the network's call.</param>
/// <param name="OwnP99Ms">The 99th percentile without the network's call.</param>
internal sealed record LatencyReport(string Model, int Threads, int Frames, double P50Ms, double P99Ms, double OwnP50Ms, double OwnP99Ms);
