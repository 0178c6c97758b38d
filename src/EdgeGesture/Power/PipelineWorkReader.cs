using EdgeGesture.Telemetry;

namespace EdgeGesture.Power;

/// <summary>Says what the pipeline did since it was last asked.</summary>
internal sealed class PipelineWorkReader(PipelineCounters counters, TimeProvider processorClock)
{
    private (long Frames, long Inferences, long Events) _last = Read(counters);
    private long _lastProcessorTime = processorClock.GetTimestamp();

    public PipelineWork Take()
    {
        var (last, lastProcessorTime) = (_last, _lastProcessorTime);
        (_last, _lastProcessorTime) = (Read(counters), processorClock.GetTimestamp());
        return new PipelineWork(
            _last.Frames - last.Frames,
            _last.Inferences - last.Inferences,
            _last.Events - last.Events,
            processorClock.GetElapsedTime(lastProcessorTime, _lastProcessorTime).TotalSeconds);
    }

    private static (long, long, long) Read(PipelineCounters counters) => (counters.Captured, counters.Inferences, counters.Events);
}
