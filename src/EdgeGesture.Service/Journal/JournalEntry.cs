using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeGesture.Service.Journal;

/// <summary>One line of systemd's journal.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Priority">0 (emergency) to 7 (debug), as in syslog(3).</param>
/// <param name="Message">What it says.</param>
internal sealed record JournalEntry(DateTimeOffset Time, int Priority, string Message)
{
    private const int DefaultPriority = 6;

    public string Level => Priority switch
    {
        <= 3 => "error",
        4 => "warning",
        5 or 6 => "info",
        _ => "debug",
    };

    /// <summary>Reads a line of <c>journalctl --output=json</c>; null where it holds none.</summary>
    public static JournalEntry? Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("MESSAGE", out var message) || TextOf(message) is not { } text)
            {
                return null;
            }

            var microseconds = NumberOf(entry, "__REALTIME_TIMESTAMP") ?? 0;
            return new JournalEntry(DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds), (int)(NumberOf(entry, "PRIORITY") ?? DefaultPriority), text);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Whether it tells of a gesture; of any where no name is given.</summary>
    public bool IsGesture(string? name) => Message.StartsWith(name is null ? "Gesture " : $"Gesture {name} (", StringComparison.OrdinalIgnoreCase);

    // What is not plain text comes as an array of bytes (systemd.journal-fields, "journal JSON format").
    private static string? TextOf(JsonElement message) => message.ValueKind switch
    {
        JsonValueKind.String => message.GetString(),
        JsonValueKind.Array => Encoding.UTF8.GetString([.. message.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetByte(out var value) ? value : (byte)'?')]),
        _ => null,
    };

    private static long? NumberOf(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
