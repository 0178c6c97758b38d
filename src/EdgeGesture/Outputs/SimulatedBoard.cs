namespace EdgeGesture.Outputs;

/// <summary>A simulated board: every line exists, and every level is written down with its time.</summary>
public sealed class SimulatedBoard(TimeProvider clock) : IBoard
{
    private readonly Lock _lock = new();
    private readonly List<Change> _history = [];

    /// <summary>One level that a line was given.</summary>
    public sealed record Change(TimeSpan Time, string Line, bool IsHigh);

    /// <summary>Called after each level that a line was given.</summary>
    public Action<Change>? Changed { get; init; }

    public string Name => "simulated board";

    /// <summary>What happened so far, in order; times are on the clock's timestamps.</summary>
    public IReadOnlyList<Change> History
    {
        get
        {
            lock (_lock)
            {
                return [.. _history];
            }
        }
    }

    /// <summary>The level of a line, or null where nobody has taken it.</summary>
    public bool? LevelOf(string line) => History.LastOrDefault(change => change.Line == line)?.IsHigh;

    /// <summary>Every line exists; GPIO17 is line 17, as on a Raspberry Pi.</summary>
    public string Check(string line) =>
        line.StartsWith("GPIO", StringComparison.OrdinalIgnoreCase) && int.TryParse(line.AsSpan(4), out _) ? line[4..] : line.ToUpperInvariant();

    public IOutputLine Open(string line, bool isHigh)
    {
        var result = new Line(this, line);
        result.Write(isHigh);
        return result;
    }

    public void Dispose()
    {
        // Nothing is held; the history stays readable.
    }

    private sealed class Line(SimulatedBoard board, string name) : IOutputLine
    {
        public void Write(bool isHigh)
        {
            var change = new Change(board.Now, name, isHigh);
            lock (board._lock)
            {
                board._history.Add(change);
            }

            board.Changed?.Invoke(change);
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(0);
}
