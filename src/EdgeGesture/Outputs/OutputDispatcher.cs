using EdgeGesture.Recognition;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Outputs;

/// <summary>
/// The action table at work: hands each gesture's actions to the outputs, each of which has a worker of its own, so
/// that none delays another or the next frame. Every output goes to its safe level when this is disposed.
/// </summary>
public sealed class OutputDispatcher : IGestureSink, IDisposable
{
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
            foreach (var (name, options) in outputs)
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
        _log.LogInformation("Gesture {Gesture} ({Confidence:0.00})", gesture.Gesture, gesture.Confidence);
        if (_actions.TryGetValue(gesture.Gesture, out var actions))
        {
            foreach (var (worker, action) in actions)
            {
                worker.Post(action, gesture);
            }
        }
    }

    /// <summary>Completes when every action posted so far is done: a pulse or blink has begun, not ended.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_workers.Select(worker => worker.WhenIdleAsync()));

    public void MakeSafe(string reason)
    {
        _log.LogWarning("Outputs go to their safe levels: {Reason}", reason);
        foreach (var worker in _workers)
        {
            worker.MakeSafe();
        }
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }

    private static IOutput Open(string name, OutputOptions options, IBoard board, TimeProvider clock, ILogger log) => options switch
    {
        GpioOptions gpio => new GpioOutput(gpio, board, clock, exception => log.LogError("Output {Output} failed in the middle of a pulse or blink: {Message}", name, exception.Message)),
        MqttOptions mqtt => new MqttOutput(mqtt),
        WebhookOptions webhook => new WebhookOutput(webhook),
        CommandOptions command => new CommandOutput(command),
        LogLineOptions => new LogOutput(name, log),
        _ => throw new ArgumentException($"Output {name} is a {options.GetType().Name}.", nameof(options)),
    };

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
