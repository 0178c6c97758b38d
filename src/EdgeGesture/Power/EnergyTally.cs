using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>The energy of a stretch of time and what was done with it.</summary>
public sealed record EnergyTally
{
    /// <summary>What the whole board took.</summary>
    public double Joules { get; set; }

    /// <summary>The part of it that was estimated rather than measured.</summary>
    public double EstimatedJoules { get; set; }

    /// <summary>The time for which that is known.</summary>
    public double MeteredSeconds { get; set; }

    /// <summary>Frames that the camera gave.</summary>
    public long Frames { get; set; }

    /// <summary>Network calls.</summary>
    public long Inferences { get; set; }

    /// <summary>Gestures that fired.</summary>
    public long Events { get; set; }

    /// <summary>Processor time of the network calls, all threads together.</summary>
    public double ProcessorSeconds { get; set; }

    public double WattHours => Joules / 3600;

    /// <summary>The mean power; null where nothing was metered. The following are null where there was nothing to divide by.</summary>
    public double? MeanWatts => MeteredSeconds > 0 ? Joules / MeteredSeconds : null;

    /// <summary>All of the board's energy shared among the frames.</summary>
    public double? JoulesPerFrame => Frames > 0 ? Joules / Frames : null;

    /// <summary>All of the board's energy shared among the network calls.</summary>
    public double? JoulesPerInference => Inferences > 0 ? Joules / Inferences : null;

    /// <summary>All of the board's energy shared among the gestures.</summary>
    public double? JoulesPerEvent => Events > 0 ? Joules / Events : null;

    /// <summary>What kind of figure the energy is: <c>measured</c>, <c>estimate</c>, or how much of it is one.</summary>
    public string Kind => EstimatedJoules == 0 ? "measured"
        : EstimatedJoules >= Joules ? "estimate"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * EstimatedJoules / Joules:0} % estimate");

    internal void AddEnergy(double joules, double seconds, bool isMeasured)
    {
        Joules += joules;
        EstimatedJoules += isMeasured ? 0 : joules;
        MeteredSeconds += seconds;
    }

    internal void AddWork(in PipelineWork work)
    {
        Frames += work.Frames;
        Inferences += work.Inferences;
        Events += work.Events;
        ProcessorSeconds += work.ProcessorSeconds;
    }

    internal bool IsValid => double.IsFinite(Joules) && Joules >= 0 && double.IsFinite(EstimatedJoules) && EstimatedJoules >= 0
        && double.IsFinite(MeteredSeconds) && MeteredSeconds >= 0
        && Frames >= 0 && Inferences >= 0 && Events >= 0 && double.IsFinite(ProcessorSeconds) && ProcessorSeconds >= 0;
}
