using EdgeGesture.Recognition;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Outputs;

/// <summary>
/// Does everything that is done to one output, in order and away from the pipeline: its actions, its way to the safe
/// level and its end. An action that throws is reported and the next one tried; while one hangs, the oldest of those
/// that pile up behind it are dropped, and both are reported once.
/// </summary>
#pragma warning disable CA1001 // The token source holds no handle, and must live as long as a thread that may hang.
internal sealed class OutputWorker
#pragma warning restore CA1001
{
    // Actions are for now: what waits behind four others would come when its gesture is long forgotten.
    private const int QueueLength = 4;
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly IOutput _output;
    private readonly ILogger _log;
    private readonly ITimer _hangTimer;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();

    // Guarded by _gate. A lock with a condition, as only the worker waits and it must see three things at once.
    private readonly object _gate = new();
    private readonly Queue<(ActionOptions Action, GestureEvent Gesture)> _queue = new(QueueLength);
    private readonly List<TaskCompletionSource> _idleWaiters = [];
    private bool _mustBeSafe;
    private bool _isEnding;
    private bool _isIdle;
    private bool _isBehind;

    private bool _isFailing; // the worker's own

    public OutputWorker(string name, IOutput output, TimeProvider clock, ILogger log)
    {
        _name = name;
        _output = output;
        _log = log;
        _hangTimer = clock.CreateTimer(_ => ReportHang(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // A thread of its own: one from the pool that hangs would be missing for the other outputs and for timers.
        _thread = new Thread(Work) { Name = $"output {name}", IsBackground = true };
        _thread.Start();
    }

    public string Name => _name;

    /// <summary>Queues an action; never waits.</summary>
    public void Post(ActionOptions action, in GestureEvent gesture)
    {
        var falling = false;
        lock (_gate)
        {
            if (_queue.Count == QueueLength)
            {
                _queue.Dequeue();
                falling = !_isBehind;
                _isBehind = true;
            }

            _queue.Enqueue((action, gesture));
            _isIdle = false;
            Monitor.Pulse(_gate);
        }

        if (falling)
        {
            _log.LogWarning("Output {Output} does not keep up: its oldest actions are dropped until it has caught up; check what it is connected to", _name);
        }
    }

    /// <summary>Completes when everything that was asked for is done.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_isIdle)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idleWaiters.Add(waiter);
            return waiter.Task;
        }
    }

    /// <summary>Forgets the actions that wait and has the output go to its safe level next; never waits.</summary>
    public void MakeSafe()
    {
        lock (_gate)
        {
            _queue.Clear();
            _mustBeSafe = true;
            _isIdle = false;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Has the output end, at its safe level, and an action that waits for something give up; never waits.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _queue.Clear();
            _isEnding = true;
            _isIdle = false;
            Monitor.Pulse(_gate);
        }

        _stop.Cancel();
    }

    /// <summary>Waits for the end of an output that was stopped.</summary>
    /// <returns>Whether it has ended: false while one hangs.</returns>
    public bool Join(TimeSpan patience) => _thread.Join(patience);

    private void Work()
    {
        while (WaitForWork(out var action, out var gesture))
        {
            if (action is null)
            {
                Finish(_output.MakeSafe);
            }
            else
            {
                Perform(action, gesture);
            }
        }

        _hangTimer.Dispose();
        Finish(_output.Dispose);
        lock (_gate)
        {
            BecomeIdle();
        }
    }

    // No action means: go to the safe level. False means: the end.
    private bool WaitForWork(out ActionOptions? action, out GestureEvent gesture)
    {
        lock (_gate)
        {
            while (!_isEnding && !_mustBeSafe && _queue.Count == 0)
            {
                BecomeIdle();
                Monitor.Wait(_gate);
            }

            (action, gesture) = _isEnding || _mustBeSafe ? (null, default) : _queue.Dequeue();
            _mustBeSafe = false;
            return !_isEnding;
        }
    }

    private void BecomeIdle()
    {
        _isIdle = true;
        _isBehind = false;
        _idleWaiters.ForEach(waiter => waiter.SetResult());
        _idleWaiters.Clear();
    }

    private void Perform(ActionOptions action, in GestureEvent gesture)
    {
        _hangTimer.Change(HangTime, Timeout.InfiniteTimeSpan);
        try
        {
            _output.Perform(action, gesture, _stop.Token);
            if (_isFailing)
            {
                _isFailing = false;
                _log.LogInformation("Output {Output} works again", _name);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It was asked to give up.
        }
#pragma warning disable CA1031 // Whatever an output throws must not end the service.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_isFailing)
            {
                _isFailing = true;
                _log.LogError("Output {Output} failed: {Message:l} Further failures of it are not logged until it works again.", _name, exception.Message);
            }
        }

        _hangTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Finish(Action makeSafe)
    {
        try
        {
            makeSafe();
        }
#pragma warning disable CA1031 // Whatever an output throws must not end the service.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.LogError("Output {Output} may not be at its safe level: {Message:l}", _name, exception.Message);
        }
    }

    private void ReportHang() =>
        _log.LogWarning("Output {Output} has taken over {Seconds} s for one action; check what it is connected to", _name, HangTime.TotalSeconds);
}
