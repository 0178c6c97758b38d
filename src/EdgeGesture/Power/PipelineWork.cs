namespace EdgeGesture.Power;

/// <summary>What the pipeline did since it was last asked.</summary>
internal readonly record struct PipelineWork(long Frames, long Inferences, long Events, double InferenceCpuSeconds);
