using System.Globalization;
using EdgeGesture.Inputs;

namespace EdgeGesture.Outputs;

/// <summary>A simulated board: every line exists, and every level is written down with its time.</summary>
public sealed class SimulatedBoard(TimeProvider clock) : IBoard
{
    private readonly Lock _lock = new();
    private readonly List<Change> _history = [];
    private readonly Dictionary<string, bool> _inputs = [];

    /// <summary>One level that a line was given.</summary>
    /// <param name="Time">When, on the clock's timestamps.</param>
    /// <param name="Line">Its name as it was asked for.</param>
    /// <param name="Duty">The share of the time that its voltage is high: 0 or 1, or between on a PWM line.</param>
    public sealed record Change(TimeSpan Time, string Line, double Duty)
    {
        public bool IsHigh => Duty > 0;

        /// <summary>For people: <c>high</c>, <c>low</c>, <c>40 % high</c>.</summary>
        public string Level => Duty switch
        {
            <= 0 => "low",
            >= 1 => "high",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Duty * 100:0.#} % high"),
        };
    }

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

    public IPwmLine OpenPwm(string line, double frequencyHertz, double duty, Action<Exception> failed)
    {
        var result = new Line(this, line);
        result.SetDuty(duty);
        return result;
    }

    public IInputLine OpenInput(string line, Pull pull)
    {
        lock (_lock)
        {
            _inputs.TryAdd(line, pull == Pull.Up);
        }

        return new Input(this, line);
    }

    /// <summary>Gives an input a voltage; until then it has that of its resistor.</summary>
    public void SetInput(string line, bool isHigh)
    {
        lock (_lock)
        {
            _inputs[line] = isHigh;
        }
    }

    public void Dispose()
    {
        // Nothing is held; the history stays readable.
    }

    private sealed class Line(SimulatedBoard board, string name) : IOutputLine, IPwmLine
    {
        public void Write(bool isHigh) => SetDuty(isHigh ? 1 : 0);

        public void SetDuty(double duty)
        {
            var change = new Change(board.Now, name, duty);
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

    private sealed class Input(SimulatedBoard board, string name) : IInputLine
    {
        public bool Read()
        {
            lock (board._lock)
            {
                return board._inputs[name];
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(0);
}
