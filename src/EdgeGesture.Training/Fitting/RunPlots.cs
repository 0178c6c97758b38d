using System.Globalization;
using EdgeGesture.Models;
using ScottPlot;

namespace EdgeGesture.Training.Fitting;

/// <summary>A run's learning curves and its last confusion matrix, as PNG files in the run folder.</summary>
public static class RunPlots
{
    public static void Save(string folder, Measurement measured)
    {
        Curves(Path.Combine(folder, "loss.csv"), Path.Combine(folder, "validation.csv"), Path.Combine(folder, "curves.png"));
        Confusion(measured, Path.Combine(folder, "confusion.png"));
    }

    private static void Curves(string losses, string validation, string path)
    {
        using var plot = new Plot();
        if (File.Exists(losses))
        {
            var rows = Read(losses);
            plot.Add.Scatter(Column(rows, 0), Column(rows, 1)).LegendText = "training loss";
        }

        var measured = Read(validation);
        plot.Add.Scatter(Column(measured, 0), Column(measured, 1)).LegendText = "validation loss";
        plot.Add.Scatter(Column(measured, 0), Column(measured, 2)).LegendText = "right frames (share)";
        plot.Add.Scatter(Column(measured, 0), Column(measured, 3)).LegendText = "right gesture clips (share)";
        plot.XLabel("step");
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, 900, 600);
    }

    private static void Confusion(Measurement measured, string path)
    {
        var labels = JesterVocabulary.Labels;
        var shares = new double[labels.Count, labels.Count];
        for (var truth = 0; truth < labels.Count; truth++)
        {
            var total = Enumerable.Range(0, labels.Count).Sum(said => measured.Confusion[truth, said]);
            for (var said = 0; said < labels.Count; said++)
                shares[truth, said] = total == 0 ? 0 : (double)measured.Confusion[truth, said] / total;
        }

        using var plot = new Plot();
        plot.Add.Heatmap(shares).Colormap = new ScottPlot.Colormaps.Viridis();
        var places = Enumerable.Range(0, labels.Count).Select(i => (double)i).ToArray();
        plot.Axes.Left.SetTicks(places, [.. labels.Reverse()]);
        plot.Axes.Bottom.SetTicks(places, [.. labels]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = 90;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        plot.Axes.Bottom.MinimumSize = 210;
        plot.Axes.Left.MinimumSize = 210;
        plot.Title("What clips show (rows) and what was recognised first (columns)");
        plot.SavePng(path, 1120, 1140);
    }

    private static double[][] Read(string path) =>
        [.. File.ReadAllLines(path).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

    private static double[] Column(double[][] rows, int index) => [.. rows.Select(row => row[index])];
}
