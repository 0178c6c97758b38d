using System.Diagnostics;
using EdgeGesture.Recognition;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Outputs;

/// <summary>
/// The action table at work: hands each gesture's actions to the outputs, each of which has a worker of its own, so
/// that none delays another or the next frame. Every output goes to its safe level when this is disposed.
/// </summary>
public sealed class OutputDispatcher : IGestureSink, IDisposable
{
    // A stop takes less than a second in all; an output that hangs for longer is left behind.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(0.5);

    private readonly Dictionary<string, List<(OutputWorker Worker, ActionOptions Action)>> _actions = [];
    private readonly List<OutputWorker> _workers = [];
    private readonly ILogger _log;

    private OutputDispatcher(ILogger log) => _log = log;

    /// <summary>Opens every output and sets it to its initial level.</summary>
    /// <param name="outputs">The configuration's section "outputs".</param>
    /// <param name="actions">The configuration's section "actions", checked with <see cref="ActionTable.Check"/>.</param>
    /// <param name="board">Where GPIO lines come from.</param>
    /// <param name="clock">The clock of pulses and blinks.</param>
    /// <param name="log">Where trouble is reported.</param>
    /// <exception cref="EdgeGestureException">An output cannot be had; those opened before it are safe again.</exception>
    public static OutputDispatcher Create(
        IReadOnlyDictionary<string, OutputOptions> outputs, IReadOnlyList<ActionOptions> actions, IBoard board, TimeProvider clock, ILogger log)
    {
        var dispatcher = new OutputDispatcher(log);
        try
        {
            CheckLines(outputs, board);

            // Lines come last: a password that cannot be read is found before a pin has moved.
            foreach (var (name, options) in outputs.OrderBy(output => output.Value.BoardLine is not null))
            {
                dispatcher.Add(name, Open(name, options, board, clock, log), actions.Where(action => action.Output == name), clock);
            }

            return dispatcher;
        }
        catch
        {
            dispatcher.Dispose();
            throw;
        }
    }

    public void Post(in GestureEvent gesture)
    {
        if (_actions.TryGetValue(gesture.Gesture, out var actions))
        {
            foreach (var (worker, action) in actions)
            {
                worker.Post(action, gesture);
            }
        }

        _log.LogInformation("Gesture {Gesture} ({Confidence:0.00})", gesture.Gesture, gesture.Confidence);
    }

    /// <summary>Completes when every action posted so far is done: a pulse or blink has begun, not ended.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_workers.Select(worker => worker.WhenIdleAsync()));

    public void MakeSafe(string reason)
    {
        foreach (var worker in _workers)
        {
            worker.MakeSafe();
        }

        _log.LogWarning("Outputs go to their safe levels: {Reason}", reason);
    }

    /// <summary>Ends every output at its safe level, all at the same time; waits half a second at most.</summary>
    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker.Stop();
        }

        var begin = Stopwatch.GetTimestamp();
        foreach (var worker in _workers)
        {
            var left = StopTime - Stopwatch.GetElapsedTime(begin);
            if (!worker.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                _log.LogError("Output {Output} still hangs and may not be at its safe level; check what it is connected to", worker.Name);
            }
        }
    }

    // Before any line is taken, as taking one sets its level.
    private static void CheckLines(IReadOnlyDictionary<string, OutputOptions> outputs, IBoard board)
    {
        var owners = new Dictionary<string, string>();
        foreach (var (name, options) in outputs)
        {
            if (options.BoardLine is { } line && board.Check(line) is var known && !owners.TryAdd(known, name))
            {
                throw new EdgeGestureException(
                    $"The outputs {owners[known]} and {name} are both on the GPIO line {line} of {board.Name}; give one of them another line.");
            }
        }
    }

    private static IOutput Open(string name, OutputOptions options, IBoard board, TimeProvider clock, ILogger log)
    {
        return options switch
        {
            GpioOptions gpio => new GpioOutput(gpio, board, clock, Report),
            PwmOptions pwm => new PwmOutput(pwm, board, Report),
            MqttOptions mqtt => new MqttOutput(mqtt),
            WebhookOptions webhook => new WebhookOutput(webhook),
            CommandOptions command => new CommandOutput(command),
            LogLineOptions => new LogOutput(name, log),
            _ => throw new ArgumentException($"Output {name} is a {options.GetType().Name}.", nameof(options)),
        };

        void Report(Exception exception) => log.LogError("Output {Output} failed between two actions: {Message:l}", name, exception.Message);
    }

    private void Add(string name, IOutput output, IEnumerable<ActionOptions> actions, TimeProvider clock)
    {
        var worker = new OutputWorker(name, output, clock, _log);
        _workers.Add(worker);
        foreach (var action in actions)
        {
            if (!_actions.TryGetValue(action.Gesture, out var list))
            {
                _actions[action.Gesture] = list = [];
            }

            list.Add((worker, action));
        }
    }
}
