namespace EdgeGesture.Power;

/// <summary>What the pipeline did between two readings of the meter.</summary>
/// <param name="Frames">Frames that the camera gave.</param>
/// <param name="Inferences">Network calls.</param>
/// <param name="Events">Gestures that fired.</param>
/// <param name="ProcessorSeconds">Processor time of the network calls, all threads together.</param>
internal readonly record struct PipelineWork(long Frames, long Inferences, long Events, double ProcessorSeconds);
