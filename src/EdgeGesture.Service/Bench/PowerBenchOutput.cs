using System.Globalization;
using System.Text.Json;
using EdgeGesture.Service.Commands;
using Spectre.Console;

namespace EdgeGesture.Service.Bench;

/// <summary>Writes a <see cref="PowerBenchReport"/> for people or programs.</summary>
internal static class PowerBenchOutput
{
    public static void Write(PowerBenchReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.PowerBenchReport));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn("model");
        foreach (var column in (string[])["threads", "cores", "median ms", "processor ms", "mJ a call"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var choice in report.Choices)
        {
            table.AddRow(
                choice.Model, Text($"{choice.Threads}"), choice.Cores.Count == 0 ? "any" : string.Join(",", choice.Cores),
                Text($"{choice.Ms:0.00}"), Text($"{choice.CpuMs:0.00}"), Text($"{1000 * choice.Joules:0.0}"));
        }

        Console.WriteLine(Text($"Joules of a network call above the machine at rest, {report.CadenceFps:0.#} calls a second: {report.Kind}, {report.Source}"));
        AnsiConsole.Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
