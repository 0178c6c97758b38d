using System.Globalization;
using System.Text;
using ScottPlot;

namespace EdgeGesture.Training.Comparing;

/// <summary>What a comparison leaves in its folder: a table for the model card, every measurement, and a plot.</summary>
public static class ComparisonReport
{
    public static void Save(string folder, TwinComparison comparison, int batchClips)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "comparison.md"), Table(comparison, batchClips));
        File.WriteAllText(Path.Combine(folder, "comparison.csv"), Rows(comparison));
        Plot(comparison, Path.Combine(folder, "comparison.png"));
    }

    /// <summary>
    /// Markdown. "The same accuracy" is what the weaker of the two reached at its best: right frames of the validation clips.
    /// </summary>
    public static string Table(TwinComparison comparison, int batchClips)
    {
        Runner[] both = [comparison.Tsm, comparison.Twin];
        var same = both.Min(runner => runner.BestFrameAccuracy);
        var text = new StringBuilder("| | TSM | 3D twin | ratio |\n| --- | --- | --- | --- |\n");
        void Line(string what, Func<Runner, double> value, string format, bool twinOverTsm)
        {
            var (tsm, twin) = (value(both[0]), value(both[1]));
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {tsm.ToString(format, CultureInfo.InvariantCulture)} | {twin.ToString(format, CultureInfo.InvariantCulture)} | {(twinOverTsm ? twin / tsm : tsm / twin):F2} |\n");
        }

        Line("parameters", runner => runner.Network.Parameters.Sum(p => p.Value.numel()), "N0", twinOverTsm: true);
        Line("multiply-adds a frame, millions", runner => runner.Network.MultiplyAdds(comparison.Size) / 1e6, "F1", twinOverTsm: true);
        Line("clips/s, wall clock", runner => runner.Steps * batchClips / runner.Elapsed.TotalSeconds, "F2", twinOverTsm: false);
        Line("clips a second of processor time", runner => runner.Steps * batchClips / runner.ProcessorTime.TotalSeconds, "F2", twinOverTsm: false);
        Line("right frames at the end, %", runner => runner.Milestones[^1].Measured.FrameAccuracy * 100, "F1", twinOverTsm: false);
        Line("right gesture clips at the end, %", runner => runner.Milestones[^1].Measured.ClipAccuracy * 100, "F1", twinOverTsm: false);
        Line("validation loss at the end", runner => runner.Milestones[^1].Measured.Loss, "F3", twinOverTsm: true);
        Line($"seconds of training to {same.ToString("P1", CultureInfo.InvariantCulture)} right frames", runner => runner.FirstWith(same)!.Elapsed.TotalSeconds, "F0", twinOverTsm: true);
        return text.ToString();
    }

    private static string Rows(TwinComparison comparison)
    {
        var text = new StringBuilder("network,steps,seconds,processor_seconds,loss,right_frames,right_gesture_clips\n");
        foreach (var runner in new[] { comparison.Tsm, comparison.Twin })
        {
            foreach (var m in runner.Milestones)
                text.Append(CultureInfo.InvariantCulture, $"{runner.Name},{m.Steps},{m.Elapsed.TotalSeconds:F1},{m.ProcessorTime.TotalSeconds:F1},{m.Measured.Loss:F4},{m.Measured.FrameAccuracy:F4},{m.Measured.ClipAccuracy:F4}\n");
        }

        return text.ToString();
    }

    private static void Plot(TwinComparison comparison, string path)
    {
        using var plot = new Plot();
        foreach (var runner in new[] { comparison.Tsm, comparison.Twin })
        {
            var line = plot.Add.Scatter(
                runner.Milestones.Select(m => m.Elapsed.TotalSeconds).ToArray(), runner.Milestones.Select(m => m.Measured.Loss).ToArray());
            line.LegendText = runner.Name;
        }

        plot.XLabel("seconds of training");
        plot.YLabel("validation loss");
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, 700, 400);
    }
}
