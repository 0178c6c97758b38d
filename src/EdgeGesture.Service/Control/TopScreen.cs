using System.Globalization;
using Spectre.Console;

namespace EdgeGesture.Service.Control;

/// <summary>The live screen of <c>edgegesture top</c>: facts, the scores as bars, the last gestures; never taller or wider than the terminal.</summary>
internal sealed class TopScreen
{
    private const double PeakFadePerSecond = 0.1; // a label that scored keeps its place for a while
    private const int LeastBars = 3;
    private const int MostGestures = 5;
    private const int NameColumns = 12;
    private const int ScoreColumns = 5; // " 0.93"
    private const string Keys = "q quits";

    private readonly Dictionary<string, double> _peaks = [];
    private double _lastUptime;

    /// <summary>Draws a status.</summary>
    /// <param name="status">The newest.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows of it.</param>
    /// <param name="hasUnicode">Whether it shows more than ASCII.</param>
    /// <returns>Rows without line ends, with the terminal's colours.</returns>
    public IReadOnlyList<string> Draw(StatusReport status, int width, int height, bool hasUnicode)
    {
        FollowPeaks(status);
        var facts = StatusScreen.Facts(status);
        if (status.LastError is { } error)
        {
            facts = facts.Append(new StatusScreen.Fact("last error", $"{StatusScreen.When(error.Time)}  {error.Message}", "yellow"));
        }

        var lines = facts.Select(fact => (Piece[])[new(fact.Name.PadRight(NameColumns), "bold"), new(fact.Text, fact.Colour)]).ToList();

        var gestures = status.Gestures.Take(MostGestures).Select(StatusScreen.Gesture).ToList();
        var labelColumns = Math.Min(status.Scores.Max(score => score.Label.Length), width / 2);
        var left = height - lines.Count - 2; // the two headings
        var gestureRows = Math.Clamp(left - LeastBars, 0, Math.Max(gestures.Count, 1));
        lines.Add(Heading("scores", Keys, width, hasUnicode));
        lines.AddRange(Ranked(status).Take(Math.Max(left - gestureRows, 0)).Select(score => Bar(score, labelColumns, width, hasUnicode)));
        lines.Add(Heading("gestures", "", width, hasUnicode));
        lines.AddRange((gestures.Count == 0 ? ["none yet"] : gestures).Take(gestureRows).Select(gesture => (Piece[])[new(gesture)]));
        return [.. lines.Take(height).Select(line => Render(line, width))];
    }

    private void FollowPeaks(StatusReport status)
    {
        var fade = Math.Max(status.UptimeSeconds - _lastUptime, 0) * PeakFadePerSecond;
        _lastUptime = status.UptimeSeconds;
        foreach (var score in status.Scores)
        {
            _peaks[score.Label] = Math.Max(_peaks.GetValueOrDefault(score.Label) - fade, score.Score);
        }
    }

    // What scored lately comes first; the rest as the model orders it. A place changes only for a reason that is seen.
    private IEnumerable<ScoreStatus> Ranked(StatusReport status) => status.Scores.OrderByDescending(score => Math.Round(_peaks[score.Label], 1));

    private static Piece[] Bar(ScoreStatus score, int labelColumns, int width, bool hasUnicode)
    {
        var columns = Math.Max(width - labelColumns - ScoreColumns - 1, 1);
        var label = score.Label.Length > labelColumns ? score.Label[..labelColumns] : score.Label.PadRight(labelColumns);
        var filled = (int)Math.Round(Math.Clamp(score.Score, 0, 1) * columns);
        var bar = (new string(hasUnicode ? '█' : '#', filled) + new string(' ', columns - filled)).ToCharArray();
        var colour = score.Threshold is null ? "grey" : score.Score >= score.Threshold ? "green" : "blue";
        if (score.Threshold is { } threshold && Math.Min((int)(threshold * columns), columns - 1) is var mark && mark >= filled)
        {
            bar[mark] = hasUnicode ? '│' : '|';
        }

        return [new(label + " "), new(new string(bar), colour), new(score.Score.ToString("0.00", CultureInfo.InvariantCulture).PadLeft(ScoreColumns))];
    }

    private static Piece[] Heading(string name, string note, int width, bool hasUnicode)
    {
        var line = new string(hasUnicode ? '─' : '-', Math.Max(width - name.Length - note.Length - 2, 0));
        return [new($"{name} {line} {note}", "grey")];
    }

    private static string Render(IEnumerable<Piece> line, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = int.MaxValue; // what is too long is cut off, not wrapped
        foreach (var piece in line)
        {
            var shown = piece.Text[..Math.Min(piece.Text.Length, width)];
            width -= shown.Length;
            console.Write(new Text(shown, piece.Style is null ? Style.Plain : Style.Parse(piece.Style)));
        }

        return text.ToString();
    }

    private sealed record Piece(string Text, string? Style = null);
}
