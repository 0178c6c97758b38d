using System.CommandLine;
using System.Globalization;
using CsvHelper;
using EdgeGesture.Power;
using Spectre.Console;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture power</c>: the energy account that the service keeps.</summary>
internal static class PowerCommand
{
    private const int ShownHours = 24;
    private const int ShownDays = 7;

    public static Command Create()
    {
        var state = new Option<string>("--state")
        {
            Description = "The service's state folder; systemd's if not given.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("STATE_DIRECTORY") ?? "/var/lib/edgegesture",
        };
        var csv = new Option<bool>("--csv") { Description = "Print hours and days as CSV." };
        var command = new Command(
            "power",
            """
            Shows the energy account: what the board took, hour by hour and day by day, and what was done with it. It is
            up to a minute old; 'edgegesture status' has the watts now.
            """) { state, csv };
        command.SetAction(parsed =>
        {
            var account = EnergyStateFile.Read(parsed.GetValue(state)!);
            if (parsed.GetValue(csv))
            {
                WriteCsv(account, Console.Out);
            }
            else
            {
                Show(account, AnsiConsole.Console);
            }

            return 0;
        });
        return command;
    }

    internal static void WriteCsv(LedgerState account, TextWriter output)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var name in (string[])["period", "start", "watt_hours", "mean_watts", "metered_seconds", "kind", "frames", "network_calls", "gestures", "processor_seconds"])
        {
            csv.WriteField(name);
        }

        foreach (var (period, entry) in account.Hours.Select(hour => ("hour", hour)).Concat(account.Days.Select(day => ("day", day))))
        {
            csv.NextRecord();
            csv.WriteField(period);
            csv.WriteField(entry.Start.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
            csv.WriteField(Math.Round(entry.Tally.WattHours, 4));
            csv.WriteField(Number(entry.Tally.MeanWatts, "0.000", none: ""));
            csv.WriteField(Math.Round(entry.Tally.MeteredSeconds, 1));
            csv.WriteField(entry.Tally.Kind);
            csv.WriteField(entry.Tally.Frames);
            csv.WriteField(entry.Tally.Inferences);
            csv.WriteField(entry.Tally.Events);
            csv.WriteField(Math.Round(entry.Tally.ProcessorSeconds, 2));
        }

        csv.NextRecord();
    }

    internal static void Show(LedgerState account, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"Power from {account.Source}");
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(["", "Wh", "mean W", "bike lights", "J / frame", "J / call", "J / gesture", "gestures", "figures"]);
        foreach (var day in account.Days.TakeLast(ShownDays))
        {
            AddRow(table, day.Start.ToString("ddd d MMM", CultureInfo.InvariantCulture), day.Tally);
        }

        AddRow(table, "in all", account.Total);
        console.Write(table);

        var hours = account.Hours.Where(hour => hour.Tally.MeanWatts is not null).TakeLast(ShownHours).ToList();
        if (hours.Count > 0)
        {
            var chart = new BarChart { Label = "Mean watts by the hour", Culture = CultureInfo.InvariantCulture, MaxValue = hours.Max(hour => hour.Tally.MeanWatts) };
            console.Write(chart.AddItems(hours, hour => new BarChartItem(
                hour.Start.ToString("d MMM HH:00", CultureInfo.InvariantCulture), Math.Round(hour.Tally.MeanWatts!.Value, 2), Color.Green)));
        }

        var seconds = account.Levels.Sum(level => level.MeteredSeconds);
        for (var i = 1; seconds > 0 && i < Math.Min(account.Levels.Count, GovernorLevel.All.Count); i++)
        {
            var part = account.Levels[i].MeteredSeconds / seconds;
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Power level {i} ({GovernorLevel.All[i]}): {100 * part:0.0} % of the time");
        }
    }

    private static void AddRow(Table table, string name, EnergyTally tally) => table.AddRow(
        name, Number(tally.WattHours, "0.00"), Number(tally.MeanWatts, "0.00"), Number(tally.MeanWatts / BikeLight.Watts, "0.0"),
        Number(tally.JoulesPerFrame, "0.00"), Number(tally.JoulesPerInference, "0.00"), Number(tally.JoulesPerEvent, "0"), Number(tally.Events, "0"), tally.Kind);

    private static string Number(double? value, string format, string none = "–") => value?.ToString(format, CultureInfo.InvariantCulture) ?? none;
}
