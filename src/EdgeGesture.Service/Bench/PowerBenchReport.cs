namespace EdgeGesture.Service.Bench;

/// <summary>What <c>edgegesture bench --power --json</c> prints.</summary>
/// <param name="Source">Where the joules come from.</param>
/// <param name="Kind"><c>measured</c> or <c>estimate</c>.</param>
/// <param name="CadenceFps">Network calls a second.</param>
/// <param name="Choices">What was tried, the one that takes the least energy first.</param>
internal sealed record PowerBenchReport(string Source, string Kind, double CadenceFps, IReadOnlyList<PowerBenchChoice> Choices);

/// <summary>One way to run the network.</summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Threads">Threads of a network call.</param>
/// <param name="Cores">The cores that it was kept to; empty for any.</param>
/// <param name="Ms">Median wall time of a call.</param>
/// <param name="CpuMs">Processor time of a call, all threads and their waking included.</param>
/// <param name="Joules">Energy of a call, above that of the machine at rest.</param>
internal sealed record PowerBenchChoice(string Model, int Threads, IReadOnlyList<int> Cores, double Ms, double CpuMs, double Joules);
