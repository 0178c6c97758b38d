using EdgeGesture.Power;
using EdgeGesture.Service.Commands;
using Spectre.Console;

namespace EdgeGesture.Service.Tests;

public class PowerCommandTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void The_account_as_csv_has_a_line_for_each_hour_and_day()
    {
        using var text = new StringWriter { NewLine = "\n" };
        PowerCommand.WriteCsv(Account(), text);
        Assert.Equal(
            """
            period,start,watt_hours,mean_watts,metered_seconds,kind,frames,network_calls,gestures,processor_seconds
            hour,2026-03-01T22:00:00+01:00,3,3.000,3600,measured,36000,1200,4,6.5
            hour,2026-03-01T23:00:00+01:00,0,,0,measured,0,0,0,0
            day,2026-03-01T00:00:00+01:00,3,3.000,3600,50 % estimate,36000,1200,4,6.5

            """,
            text.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_account_for_people_names_its_source_and_compares_with_a_bike_light()
    {
        var text = Show(Account());
        Assert.Contains("Power from a simulated meter", text, StringComparison.Ordinal);
        Assert.Contains("Sun 1 Mar", text, StringComparison.Ordinal);
        Assert.Contains("50 % estimate", text, StringComparison.Ordinal);
        Assert.Contains("1 Mar 22:00", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1 Mar 23:00", text, StringComparison.Ordinal);
        Assert.Contains("Power level 1 (cadence × 0.75): 25.0 % of the time", text, StringComparison.Ordinal);
        var row = text.Split('\n').Single(line => line.Contains("Sun 1 Mar", StringComparison.Ordinal)).Split('\u2502', ' ').Where(cell => cell.Length > 0);
        Assert.Equal(["3.00", "3.00", "1.0", "0.30", "9.00", "2700", "4"], row.Skip(3).Take(7)); // after the day's name
    }

    [Fact]
    public void An_empty_account_can_be_shown() => Assert.Contains("in all", Show(new LedgerState()), StringComparison.Ordinal);

    private static string Show(LedgerState account)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;
        PowerCommand.Show(account, console);
        return text.ToString();
    }

    private static LedgerState Account()
    {
        var tally = new EnergyTally { Joules = 10_800, MeteredSeconds = 3600, Frames = 36_000, Inferences = 1200, Events = 4, ProcessorSeconds = 6.5 };
        return new LedgerState
        {
            Source = "a simulated meter",
            Total = tally,
            Hours = { new(Midnight.AddHours(22), tally), new(Midnight.AddHours(23), new EnergyTally()) },
            Days = { new(Midnight, tally with { EstimatedJoules = 5400 }) },
            Levels = { new EnergyTally { MeteredSeconds = 2700 }, new EnergyTally { MeteredSeconds = 900 } },
        };
    }
}
