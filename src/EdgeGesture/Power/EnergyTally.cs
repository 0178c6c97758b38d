namespace EdgeGesture.Power;

/// <summary>The energy of a stretch of time and what was done with it.</summary>
public sealed record EnergyTally
{
    /// <summary>What the whole board took.</summary>
    public double Joules { get; set; }

    /// <summary>The time for which that is known.</summary>
    public double MeteredSeconds { get; set; }

    /// <summary>Frames that the camera gave.</summary>
    public long Frames { get; set; }

    /// <summary>Network calls.</summary>
    public long Inferences { get; set; }

    /// <summary>Gestures that fired.</summary>
    public long Events { get; set; }

    /// <summary>Processor time of the network calls.</summary>
    public double InferenceCpuSeconds { get; set; }

    public double WattHours => Joules / 3600;

    /// <summary>The mean power; null where nothing was metered. The following are null where there was nothing to divide by.</summary>
    public double? MeanWatts => MeteredSeconds > 0 ? Joules / MeteredSeconds : null;

    /// <summary>All of the board's energy shared among the frames.</summary>
    public double? JoulesPerFrame => Frames > 0 ? Joules / Frames : null;

    /// <summary>All of the board's energy shared among the network calls.</summary>
    public double? JoulesPerInference => Inferences > 0 ? Joules / Inferences : null;

    /// <summary>All of the board's energy shared among the gestures.</summary>
    public double? JoulesPerEvent => Events > 0 ? Joules / Events : null;

    internal void AddEnergy(double joules, double seconds)
    {
        Joules += joules;
        MeteredSeconds += seconds;
    }

    internal void AddWork(in PipelineWork work)
    {
        Frames += work.Frames;
        Inferences += work.Inferences;
        Events += work.Events;
        InferenceCpuSeconds += work.InferenceCpuSeconds;
    }

    internal bool IsValid => double.IsFinite(Joules) && Joules >= 0 && double.IsFinite(MeteredSeconds) && MeteredSeconds >= 0
        && Frames >= 0 && Inferences >= 0 && Events >= 0 && double.IsFinite(InferenceCpuSeconds) && InferenceCpuSeconds >= 0;
}
