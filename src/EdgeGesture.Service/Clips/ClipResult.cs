namespace EdgeGesture.Service.Clips;

/// <summary>What playing a clip through the pipeline came to.</summary>
/// <param name="Frames">Frames in the clip.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="CpuTime">Processor time that reading and recognising it took.</param>
/// <param name="MeanScores">The mean of the network's logits over the clip, one per label.</param>
internal sealed record ClipResult(long Frames, double Seconds, TimeSpan CpuTime, float[] MeanScores);
