using System.Diagnostics;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;

namespace EdgeGesture.Training.Comparing;

/// <summary>One of the two networks of a comparison, with the time that its steps took and what it reached when.</summary>
public sealed class Runner(string name, Learner learner)
{
    private readonly Stopwatch _watch = new();
    private readonly List<Milestone> _milestones = [];
    private TimeSpan _processor;

    public string Name => name;

    public TsmNetwork Network => learner.Network;

    public int Steps => learner.Optimiser.Steps;

    /// <summary>Wall-clock time of all steps, without drawing clips and measuring.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Processor time of the same.</summary>
    public TimeSpan ProcessorTime => _processor;

    public IReadOnlyList<Milestone> Milestones => _milestones;

    public double BestFrameAccuracy => _milestones.Where(milestone => milestone.Steps > 0).Max(milestone => milestone.Measured.FrameAccuracy);

    public void Step(Batch batch)
    {
        var before = Environment.CpuUsage.TotalTime;
        _watch.Start();
        learner.Step(batch);
        _watch.Stop();
        _processor += Environment.CpuUsage.TotalTime - before;
    }

    public Milestone Measure(ClipFolder validation)
    {
        var milestone = new Milestone(Steps, Elapsed, ProcessorTime, learner.Measure(validation));
        _milestones.Add(milestone);
        return milestone;
    }

    /// <summary>The first measurement with so many frames right; null when there was none.</summary>
    public Milestone? FirstWith(double frameAccuracy) => _milestones.FirstOrDefault(milestone => milestone.Steps > 0 && milestone.Measured.FrameAccuracy >= frameAccuracy);
}
