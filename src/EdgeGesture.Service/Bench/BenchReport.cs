namespace EdgeGesture.Service.Bench;

/// <summary>What <c>edgegesture bench --json</c> prints.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Threads">Threads of a network call.</param>
/// <param name="Stages">The stages of a frame, then their total.</param>
/// <param name="GateRatio">Mean processor time of the motion gate over that of the network.</param>
/// <param name="StillScene">What a still scene costs.</param>
/// <param name="Camera">What frames cost before the network.</param>
/// <param name="AllocatedBytesPerFrame">Managed memory that a frame in steady state allocates.</param>
/// <param name="ResidentMb">The process's resident memory after the run, in MiB.</param>
/// <param name="FirstScoresMs">From the program's start to its first scores.</param>
internal sealed record BenchReport(
    string Model,
    int Threads,
    IReadOnlyList<StageReport> Stages,
    double GateRatio,
    StillSceneReport StillScene,
    CameraCostReport Camera,
    double AllocatedBytesPerFrame,
    double ResidentMb,
    double FirstScoresMs);

/// <summary>One stage: median and 99th percentile of its wall time, mean of its processor time, in milliseconds per frame.</summary>
internal sealed record StageReport(string Name, double P50Ms, double P99Ms, double CpuMs);

/// <summary>What the motion gate saves on a camera of 30 frames a second.</summary>
/// <param name="ContinuousCpuMsPerSecond">Processor time, of all threads, for a second of video in which every due frame is recognised.</param>
/// <param name="StillCpuMsPerSecond">The same for a scene in which nothing moves, signs of life included.</param>
/// <param name="Ratio">The second over the first.</param>
internal sealed record StillSceneReport(double ContinuousCpuMsPerSecond, double StillCpuMsPerSecond, double Ratio);

/// <summary>The share of one core that a 640×480 camera takes at 30 frames a second, from the frame to the network's input.</summary>
/// <param name="YuyvCoreShare">Of uncompressed frames.</param>
/// <param name="MjpegCoreShare">Of JPEG frames.</param>
internal sealed record CameraCostReport(double YuyvCoreShare, double MjpegCoreShare);
