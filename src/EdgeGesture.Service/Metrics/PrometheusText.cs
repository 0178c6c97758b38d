using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace EdgeGesture.Service.Metrics;

/// <summary>
/// Writes metrics in Prometheus' text format 0.0.4, with names after OpenTelemetry's compatibility rules: dots become
/// underscores, the unit is added, and counters end in _total. (OpenTelemetry's own exporter is not meant for production.)
/// </summary>
internal sealed class PrometheusText : BaseExporter<Metric>
{
    private static readonly Dictionary<string, string> Units = new() { ["s"] = "seconds", ["W"] = "watts", ["J"] = "joules", ["By"] = "bytes", ["Cel"] = "celsius" };

    private readonly StringBuilder _text = new();

    /// <summary>What the last collection gave.</summary>
    public string Text => _text.ToString();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        foreach (var metric in batch)
        {
            Write(metric);
        }

        return ExportResult.Success;
    }

    internal static string NameOf(string name, string unit, bool isCounter)
    {
        var plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_' ? letter : '_'));
        var suffix = Units.GetValueOrDefault(unit);
        plain = suffix is null || plain.EndsWith("_" + suffix, StringComparison.Ordinal) ? plain : $"{plain}_{suffix}";
        return isCounter ? plain + "_total" : plain;
    }

    private void Write(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = NameOf(metric.Name, metric.Unit, isCounter);
        var type = metric.MetricType == MetricType.Histogram ? "histogram" : isCounter ? "counter" : "gauge";
        Line($"# HELP {name} {metric.Description.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}");
        Line($"# TYPE {name} {type}");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.LongSum:
                    Line($"{name}{Braced(labels)} {point.GetSumLong()}");
                    break;
                case MetricType.DoubleSum:
                    Line($"{name}{Braced(labels)} {point.GetSumDouble()}");
                    break;
                case MetricType.LongGauge or MetricType.LongSumNonMonotonic:
                    Line($"{name}{Braced(labels)} {(metric.MetricType == MetricType.LongGauge ? point.GetGaugeLastValueLong() : point.GetSumLong())}");
                    break;
                case MetricType.DoubleGauge or MetricType.DoubleSumNonMonotonic:
                    Line($"{name}{Braced(labels)} {(metric.MetricType == MetricType.DoubleGauge ? point.GetGaugeLastValueDouble() : point.GetSumDouble())}");
                    break;
                case MetricType.Histogram:
                    WriteHistogram(name, labels, point);
                    break;
                default:
                    break; // nothing here makes exponential histograms
            }
        }
    }

    private void WriteHistogram(string name, IReadOnlyList<string> labels, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString(CultureInfo.InvariantCulture);
            Line($"{name}_bucket{Braced([.. labels, $"le=\"{bound}\""])} {count}");
        }

        Line($"{name}_sum{Braced(labels)} {point.GetHistogramSum()}");
        Line($"{name}_count{Braced(labels)} {point.GetHistogramCount()}");
    }

    private static List<string> Labels(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>();
        foreach (var (key, value) in tags)
        {
            var text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text = text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
            labels.Add($"{NameOf(key, "", isCounter: false)}=\"{text}\"");
        }

        return labels;
    }

    private static string Braced(IReadOnlyList<string> labels) => labels.Count == 0 ? "" : $"{{{string.Join(',', labels)}}}";

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
