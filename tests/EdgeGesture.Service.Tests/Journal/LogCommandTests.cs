using System.Text;
using CsCheck;
using EdgeGesture.Service.Journal;
using EdgeGesture.Service.Tests.Support;

namespace EdgeGesture.Service.Tests.Journal;

/// <summary>Against a stand-in for journalctl that answers with lines as systemd 252 writes them.</summary>
public sealed class LogCommandTests : IDisposable
{
    private const string Lines =
        """
        {"__REALTIME_TIMESTAMP":"1772366400123456","PRIORITY":"6","_SYSTEMD_UNIT":"edgegesture.service","MESSAGE":"Gesture Thumb Up (0.93)"}
        {"__REALTIME_TIMESTAMP":"1772366401000000","PRIORITY":"6","MESSAGE":"Gesture Swiping Left (0.81)"}
        {"__REALTIME_TIMESTAMP":"1772366402000000","PRIORITY":"4","MESSAGE":"The camera csi gave no frame for 2 s; check its cable and power."}
        {"__REALTIME_TIMESTAMP":"1772366403000000","PRIORITY":"6","MESSAGE":[49,48,32,226,132,131]}
        {"__REALTIME_TIMESTAMP":"1772366404000000","PRIORITY":"6","MESSAGE":null}
        no JSON at all

        """;

    private static readonly string[] Values = ["1", "[300,-1]", "{}", "\"x\"", "null", "[1,[2]]"];

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_line_has_its_time_its_level_and_its_words()
    {
        var result = Run($"cat <<'END'\n{Lines}END");
        Assert.Equal(
            """
            2026-03-01 12:00:00 info    Gesture Thumb Up (0.93)
            2026-03-01 12:00:01 info    Gesture Swiping Left (0.81)
            2026-03-01 12:00:02 warning The camera csi gave no frame for 2 s; check its cable and power.
            2026-03-01 12:00:03 info    10 ℃

            """,
            result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
    }

    [Theory]
    [InlineData("Thumb Up|Swiping Left", "--gesture")]
    [InlineData("Swiping Left", "--gesture", "--lines", "1")]
    [InlineData("Thumb Up", "--gesture", "thumb up")]
    [InlineData("", "--gesture", "Thumb")]
    public void Gestures_can_be_picked_out(string expected, params string[] arguments)
    {
        var result = Run($"cat <<'END'\n{Lines}END", arguments);
        Assert.Equal(expected, string.Join('|', result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("Gesture ")[1].Split(" (")[0])));
        Assert.Equal(expected.Length == 0, result.Errors.Contains("nothing in the journal fits", StringComparison.Ordinal));
    }

    [Fact]
    public void Time_level_and_following_are_journalctl_s_own()
    {
        var result = Run("""echo "{\"MESSAGE\":\"$*\"}" """, "--since", "-1h; rm x", "--level", "error", "--follow");
        Assert.Contains("--unit=edgegesture.service --output=json --no-pager --since=-1h; rm x --priority=err --follow", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1", "The journal may not be read by")]
    [InlineData("echo 'Hint: You are currently not seeing messages from other users and the system.' >&2", "sudo usermod -aG systemd-journal")]
    [InlineData("echo 'Failed to parse timestamp: never' >&2; exit 1", "Failed to parse timestamp: never")]
    public void What_journalctl_refuses_is_said(string script, string expected)
    {
        var result = Run(script);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_journalctl_it_says_so()
    {
        using var program = ServiceProgram.Start(["log"], [new("PATH", _folder)]);
        var result = program.Wait();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("journalctl was not found", result.Errors, StringComparison.Ordinal);
    }

    // Whatever stands in the journal, reading it ends well.
    [Fact]
    public void Nonsense_is_no_entry() => Gen.OneOf(
        Gen.String,
        Gen.Int[0, Values.Length - 1].Select(i => Values[i]).Select(value => $$"""{"MESSAGE":{{value}},"PRIORITY":{{value}},"__REALTIME_TIMESTAMP":"9223372036854775807"}"""))
        .Sample(line => _ = JournalEntry.Parse(line), seed: "0000KeZcV2L4", iter: 500);

    private ServiceProgram.Result Run(string script, params string[] arguments)
    {
        var path = Path.Combine(_folder, "journalctl");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n", new UTF8Encoding(false));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var program = ServiceProgram.Start(["log", .. arguments], [new("PATH", $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}"), new("TZ", "UTC")]);
        return program.Wait();
    }
}
