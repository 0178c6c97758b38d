using EdgeGesture.Training.Fitting;

namespace EdgeGesture.Training.Comparing;

/// <summary>What a network was able to do after some steps, and how long those had taken.</summary>
/// <param name="Steps">Training steps so far.</param>
/// <param name="Elapsed">Wall-clock time of the steps.</param>
/// <param name="ProcessorTime">Processor time of the steps.</param>
/// <param name="Measured">How good it was on the validation clips.</param>
public sealed record Milestone(int Steps, TimeSpan Elapsed, TimeSpan ProcessorTime, Measurement Measured);
