using System.CommandLine;
using System.Globalization;
using EdgeGesture.Service.Journal;
using Spectre.Console;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture log</c>: what the service wrote into systemd's journal.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        var since = new Option<string?>("--since") { Description = "Only what is younger: -1h, today, \"2026-03-01 12:00\" (as journalctl takes it).", HelpName = "TIME" };
        var lines = new Option<int>("--lines") { Description = "The last so many lines; ignored with --since.", HelpName = "N", DefaultValueFactory = _ => 200 };
        var level = new Option<string?>("--level") { Description = "Only what is at least so important: error, warning, info, debug." };
        level.AcceptOnlyFromAmong("error", "warning", "info", "debug");
        var gesture = new Option<string?>("--gesture") { Description = "Only gestures; with a NAME only that one.", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is written from now on, until Ctrl-C." };
        var command = new Command(
            "log",
            """
            Shows the service's lines of systemd's journal: gestures, warnings, the power account's line a minute.
            edgegesture log --since today --gesture "Thumb Up"    how often somebody liked it
            edgegesture log --level warning --follow              what goes wrong, as it does
            """) { since, lines, level, gesture, follow };
        command.SetAction(parsed =>
        {
            var isFiltered = parsed.GetResult(gesture) is not null;
            var name = parsed.GetValue(gesture);

            // journalctl does not know gestures: where only they count, the last ones are picked out of all lines here.
            var isCountedHere = isFiltered && parsed.GetValue(since) is null && !parsed.GetValue(follow);
            List<string> arguments = isCountedHere ? []
                : [parsed.GetValue(since) is { } time ? $"--since={time}" : FormattableString.Invariant($"--lines={parsed.GetValue(lines)}")];
            if (parsed.GetValue(level) is { } least)
            {
                arguments.Add($"--priority={(least == "error" ? "err" : least)}");
            }

            if (parsed.GetValue(follow))
            {
                arguments.Add("--follow");
            }

            var isEmpty = true;
            var entries = JournalReader.Read(arguments).Where(entry => !isFiltered || entry.IsGesture(name));
            foreach (var entry in isCountedHere ? entries.TakeLast(parsed.GetValue(lines)) : entries)
            {
                isEmpty = false;
                Show(entry, AnsiConsole.Console);
            }

            if (isEmpty)
            {
                Console.Error.WriteLine("edgegesture: nothing in the journal fits; see how the service fares with: edgegesture status.");
            }

            return 0;
        });
        return command;
    }

    // Unlike Spectre's own writing, long lines stay whole: they may be searched and copied.
    private static void Show(JournalEntry entry, IAnsiConsole console)
    {
        var line = $"{entry.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {entry.Level,-7} {entry.Message}";
        var colour = entry.Level switch { "error" => "\e[31m", "warning" => "\e[33m", _ => "" };
        Console.WriteLine(colour.Length > 0 && console.Profile.Capabilities.Ansi && !Console.IsOutputRedirected ? $"{colour}{line}\e[0m" : line);
    }
}
