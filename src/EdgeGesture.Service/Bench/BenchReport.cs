namespace EdgeGesture.Service.Bench;

/// <summary>What <c>edgegesture bench --json</c> prints.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Threads">Threads of a network call.</param>
/// <param name="Stages">The stages of a frame, then their total.</param>
/// <param name="AllocatedBytesPerFrame">Managed memory that a frame in steady state allocates.</param>
/// <param name="ResidentMb">The process's resident memory after the run, in MiB.</param>
/// <param name="FirstScoresMs">From the program's start to its first scores.</param>
internal sealed record BenchReport(
    string Model,
    int Threads,
    IReadOnlyList<StageReport> Stages,
    double AllocatedBytesPerFrame,
    double ResidentMb,
    double FirstScoresMs);

/// <summary>One stage: median and 99th percentile of its wall time, mean of its processor time, in milliseconds per frame.</summary>
internal sealed record StageReport(string Name, double P50Ms, double P99Ms, double CpuMs);
