using System.Threading.Channels;
using EdgeGesture.Recognition;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Outputs;

/// <summary>
/// Does one output's actions, one after the other, away from the pipeline. An action that throws is reported and the
/// next one tried; while one hangs, those that pile up behind it are dropped, and both are reported once.
/// </summary>
internal sealed class OutputWorker : IDisposable
{
    // Actions are for now: what waits behind four others would come when its gesture is long forgotten.
    private const int QueueLength = 4;
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly IOutput _output;
    private readonly ILogger _log;
    private readonly Channel<Job> _queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly ITimer _hangTimer;
    private bool _failing;
    private int _dropping;

    // Either an action on a gesture, or a mark that says when everything before it is done.
    private readonly record struct Job(ActionOptions? Action, GestureEvent Gesture, TaskCompletionSource? Mark);

    public OutputWorker(string name, IOutput output, TimeProvider clock, ILogger log)
    {
        _name = name;
        _output = output;
        _log = log;
        _hangTimer = clock.CreateTimer(_ => ReportHang(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // A thread of its own: one from the pool that hangs would be missing for the other outputs and for timers.
        new Thread(Work) { Name = $"output {name}", IsBackground = true }.Start();
    }

    public IOutput Output => _output;

    /// <summary>Queues an action; never waits.</summary>
    public void Post(ActionOptions action, in GestureEvent gesture)
    {
        if (!_queue.Writer.TryWrite(new Job(action, gesture, null)) && Interlocked.Exchange(ref _dropping, 1) == 0)
        {
            _log.LogWarning("Output {Output} does not keep up: its actions are dropped until it has caught up; check what it is connected to", _name);
        }
    }

    /// <summary>Completes when every action posted so far is done.</summary>
    public async Task WhenIdleAsync()
    {
        var mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Job(null, default, mark));
        await mark.Task;
    }

    public void MakeSafe() => Try(_output.MakeSafe);

    /// <summary>Takes no more actions and leaves the output safe, without waiting for one that hangs.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _hangTimer.Dispose();
        Try(_output.Dispose);
    }

    private void Work()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (!_queue.Reader.TryRead(out var job))
            {
                continue;
            }

            var (action, gesture, mark) = job;
            mark?.SetResult();
            if (action is null)
            {
                continue;
            }

            _hangTimer.Change(HangTime, Timeout.InfiniteTimeSpan);
            Try(() => _output.Perform(action, gesture));
            _hangTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Volatile.Write(ref _dropping, 0);
        }
    }

    private void Try(Action work)
    {
        try
        {
            work();
            if (_failing)
            {
                _failing = false;
                _log.LogInformation("Output {Output} works again", _name);
            }
        }
#pragma warning disable CA1031 // Whatever an output throws must not end the service.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_failing)
            {
                _failing = true;
                _log.LogError("Output {Output} failed: {Message} Further failures of it are not logged until it works again.", _name, exception.Message);
            }
        }
    }

    private void ReportHang() =>
        _log.LogWarning("Output {Output} has taken over {Seconds} s for one action; check what it is connected to", _name, HangTime.TotalSeconds);
}
