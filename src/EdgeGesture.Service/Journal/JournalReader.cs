using System.ComponentModel;
using System.Diagnostics;

namespace EdgeGesture.Service.Journal;

/// <summary>Reads the service's part of systemd's journal, through journalctl.</summary>
internal static class JournalReader
{
    private const string Unit = "edgegesture.service";

    /// <summary>Its entries, oldest first, and with --follow for ever.</summary>
    /// <param name="arguments">More arguments for journalctl.</param>
    /// <exception cref="EdgeGestureException">There is no journal, or it may not be read.</exception>
    public static IEnumerable<JournalEntry> Read(IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var isEmpty = true;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (JournalEntry.Parse(line) is { } entry)
            {
                isEmpty = false;
                yield return entry;
            }
        }

        process.WaitForExit();
        var said = errors.GetAwaiter().GetResult().Trim();
        if (said.Contains("insufficient permissions", StringComparison.Ordinal) || (isEmpty && said.Contains("not seeing messages from other users", StringComparison.Ordinal)))
        {
            throw new EdgeGestureException(
                $"The journal may not be read by {Environment.UserName}; run this with sudo, or join the group with: sudo usermod -aG systemd-journal {Environment.UserName}, then log in anew.");
        }

        if (process.ExitCode != 0 && said.Length > 0)
        {
            throw new EdgeGestureException($"journalctl failed ({said.ReplaceLineEndings(" ").TrimEnd('.')}); times are written as in --since -1h, --since today, --since \"2026-03-01 12:00\".");
        }
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("journalctl", [$"--unit={Unit}", "--output=json", "--no-pager", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception exception)
        {
            throw new EdgeGestureException("The program journalctl was not found, so there is no journal here; a service started by hand writes its log to the terminal.", exception);
        }
    }
}
