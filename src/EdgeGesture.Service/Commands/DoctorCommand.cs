using System.CommandLine;
using System.Text.Json;
using EdgeGesture.Service.Control;
using EdgeGesture.Service.Doctor;
using Spectre.Console;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture doctor</c>: what is well on this machine, what is not, and what to do.</summary>
internal static class DoctorCommand
{
    private const string InstalledConfiguration = "/etc/edgegesture/edgegesture.json";

    public static Command Create()
    {
        var config = Settings.CreateConfigOption();
        config.Description = $"The configuration to check; {InstalledConfiguration} if not given, or the defaults where there is none.";
        var set = Settings.CreateSetOption();
        var socket = ControlClient.CreateSocketOption();
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "doctor",
            """
            Checks everything that the service needs: configuration, model, camera, GPIO, I2C, groups, libraries, power,
            heat, clock and disk. Each line says ok, warn or FAIL, and what to do about it. Changes nothing and needs no
            running service. Exits with 1 where something fails.
            """) { config, set, socket, json };
        command.SetAction(async (parsed, cancel) =>
        {
            var file = parsed.GetValue(config) ?? (File.Exists(InstalledConfiguration) ? InstalledConfiguration : null);
            var (finding, options) = ServiceChecks.Configuration(file, () => Settings.Read(file, parsed.GetValue(set)));
            Finding[] findings = [finding, await ServiceChecks.ServiceAsync(parsed.GetValue(socket), cancel).ConfigureAwait(false), .. Examination.Of(new Machine(), options)];
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new DoctorReport(findings), ReportJson.Default.DoctorReport));
            }
            else
            {
                Show(findings, AnsiConsole.Console);
            }

            return findings.Any(found => found.Verdict == Verdict.Fail) ? 1 : 0;
        });
        return command;
    }

    internal static void Show(IEnumerable<Finding> findings, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().PadRight(0));
        foreach (var found in findings)
        {
            var verdict = found.Verdict switch { Verdict.Ok => "[green]ok[/]", Verdict.Warn => "[yellow]warn[/]", _ => "[red]FAIL[/]" };
            var remedy = found.Remedy is null ? "" : $"\n[bold]> {Markup.Escape(found.Remedy)}[/]";
            grid.AddRow(new Markup(verdict), new Markup(Markup.Escape(found.Check)), new Markup(Markup.Escape(found.Text) + remedy));
        }

        console.Write(grid);
    }
}
