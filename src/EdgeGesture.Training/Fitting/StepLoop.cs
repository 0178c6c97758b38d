using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Makes the steps of a training: the next batch is drawn while one is learnt from; it reports every 20 seconds, and saves
/// every three minutes and at the end.
/// </summary>
/// <param name="Name">What learns, as it is reported.</param>
/// <param name="Steps">Steps in all, those before a resumption too.</param>
/// <param name="Unit">What is counted for the speed.</param>
/// <param name="UnitsOfStep">How many of them a step takes.</param>
/// <param name="LossNames">What the losses of a step are called.</param>
internal sealed record StepLoop(string Name, int Steps, string Unit, int UnitsOfStep, params string[] LossNames)
{
    private const int RefreshEverySteps = 50;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(3);

    /// <summary>Runs to the last step, if it has not been made.</summary>
    /// <param name="optimiser">Counts the steps.</param>
    /// <param name="clips">Where batches are drawn from; clips may come while it runs.</param>
    /// <param name="draw">Draws a batch, on another thread.</param>
    /// <param name="step">Learns from a batch; gives the losses before.</param>
    /// <param name="save">Keeps the state.</param>
    /// <param name="report">Is told the mean losses since the last report, and units a second.</param>
    public void Run<TBatch>(
        Optimiser optimiser, ClipFolder clips, Func<TBatch> draw, Func<TBatch, double[]> step, Action save, Action<double[], double>? report = null)
    {
        Task<TBatch>? next = null; // drawn while another is learnt from, if there is a step for it
        var (losses, sinceReport) = (new double[LossNames.Length], 0);
        var (sinceReported, sinceSaved) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (optimiser.Steps < Steps)
        {
            var batch = next is null ? draw() : next.GetAwaiter().GetResult(); // an error in drawing as it is, not wrapped
            if (optimiser.Steps % RefreshEverySteps == 0)
                clips.Refresh();
            next = optimiser.Steps + 1 < Steps ? Task.Run(draw) : null;
            TensorPrimitives.Add<double>(losses, step(batch), losses);
            sinceReport++;
            var ends = optimiser.Steps == Steps;
            if (sinceReported.Elapsed > ReportEvery || ends)
            {
                TensorPrimitives.Divide(losses, sinceReport, losses);
                var perSecond = sinceReport * UnitsOfStep / sinceReported.Elapsed.TotalSeconds;
                Print(optimiser.Steps, losses, perSecond, clips.Count);
                report?.Invoke(losses, perSecond);
                Array.Clear(losses);
                sinceReport = 0;
                sinceReported.Restart();
            }

            if (sinceSaved.Elapsed < SaveEvery && !ends)
                continue;
            sinceReported.Stop(); // what is done meanwhile is no step
            save();
            sinceReported.Start();
            sinceSaved.Restart();
        }

        if (optimiser.Steps == 0)
            save(); // No step was to be made, but what follows takes it up from its file.
    }

    private void Print(int made, double[] losses, double perSecond, int clips)
    {
        var left = TimeSpan.FromSeconds((Steps - made) * UnitsOfStep / perSecond);
        var told = string.Join("  ", LossNames.Zip(losses, (name, loss) => string.Create(CultureInfo.InvariantCulture, $"{name} {loss:F3}")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name} {made}/{Steps}  {told}  {perSecond:F1} {Unit}/s of {clips} clips  {left:hh\\:mm\\:ss} left"));
    }
}
