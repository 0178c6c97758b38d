using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Outputs;

public sealed class OutputWorkerTests : IDisposable
{
    private static readonly GestureEvent Gesture = new("Thumb Up", 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // only a broken test waits so long

    private readonly FakeTimeProvider _clock = new();
    private readonly LogList _log = new();
    private readonly List<OutputWorker> _workers = [];
    private readonly ManualResetEventSlim _release = new();

    public void Dispose()
    {
        _release.Set();
        foreach (var worker in _workers)
        {
            worker.Stop();
            Assert.True(worker.Join(Patience));
        }

        _release.Dispose();
    }

    [Fact]
    public async Task An_output_that_throws_is_reported_once_and_goes_on()
    {
        var output = new ScriptedOutput { Failure = new IOException("Broken wire.") };
        var worker = Start("lamp", output);
        await PostAndWaitAsync(worker, "1", "2", "3");
        Assert.Equal(["1", "2", "3"], output.Calls);
        Assert.Contains("lamp failed: Broken wire.", Assert.Single(_log.Lines), StringComparison.Ordinal);

        worker.MakeSafe(); // says nothing about whether actions work
        await WaitAsync(worker);
        Assert.Single(_log.Lines);

        output.Failure = null;
        await PostAndWaitAsync(worker, "4");
        Assert.Contains("lamp works again", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_hangs_delays_no_other_and_is_reported()
    {
        var hanging = Hang();
        var first = Start("siren", hanging);
        var quick = new ScriptedOutput();
        var second = Start("lamp", quick);
        PostAndHang(first, hanging);
        Post(first, [.. Enumerable.Range(1, 20).Select(i => $"{i}")]); // never waits
        await PostAndWaitAsync(second, "on");
        Assert.Equal(["on"], quick.Calls);
        Assert.Contains("siren does not keep up", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("siren has taken over 5 s", _log.Lines[^1], StringComparison.Ordinal);

        _release.Set();
        await WaitAsync(first);
        Assert.Equal(["hang", "17", "18", "19", "20"], hanging.Calls);
    }

    [Fact]
    public async Task What_was_asked_for_before_the_safe_level_does_not_come_after_it()
    {
        var output = Hang();
        var worker = Start("lamp", output);
        PostAndHang(worker, output);
        Post(worker, "on");
        worker.MakeSafe();
        Post(worker, "later");
        _release.Set();
        await WaitAsync(worker);
        Assert.Equal(["hang", "safe", "later"], output.Calls);
    }

    [Fact]
    public void An_end_drops_what_waits_and_comes_after_what_goes_on()
    {
        var output = Hang();
        var worker = Start("lamp", output);
        PostAndHang(worker, output);
        Post(worker, "on");
        worker.Stop();
        Assert.False(worker.Join(TimeSpan.Zero));
        _release.Set();
        Assert.True(worker.Join(Patience));
        Post(worker, "too late");
        Assert.Equal(["hang", "end"], output.Calls);
    }

    [Fact]
    public void An_action_that_waits_is_asked_to_give_up_at_the_end_and_that_is_no_failure()
    {
        var output = new ScriptedOutput { WaitForStop = true };
        var worker = Start("hook", output);
        PostAndHang(worker, output);
        worker.Stop();
        Assert.True(worker.Join(Patience));
        Assert.Equal(["hang", "end"], output.Calls);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_safe_level_that_cannot_be_reached_is_an_error_in_the_log()
    {
        var worker = Start("lamp", new ScriptedOutput { SafeFailure = new IOException("Broken wire.") });
        worker.MakeSafe();
        await WaitAsync(worker);
        Assert.Contains("lamp may not be at its safe level: Broken wire.", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    private OutputWorker Start(string name, ScriptedOutput output)
    {
        var worker = new OutputWorker(name, output, _clock, _log);
        _workers.Add(worker);
        return worker;
    }

    private ScriptedOutput Hang() => new() { Release = _release };

    private static void Post(OutputWorker worker, params string[] names)
    {
        foreach (var name in names)
        {
            worker.Post(new ActionOptions { Gesture = name, Output = "", Do = Verb.On }, Gesture);
        }
    }

    private static void PostAndHang(OutputWorker worker, ScriptedOutput output)
    {
        Post(worker, "hang");
        Assert.True(output.Started.Wait(Patience, TestContext.Current.CancellationToken));
    }

    private static async Task PostAndWaitAsync(OutputWorker worker, params string[] names)
    {
        Post(worker, names);
        await WaitAsync(worker);
    }

    private static Task WaitAsync(OutputWorker worker) => worker.WhenIdleAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

    // Writes down what it is asked for: an action's gesture, "safe" or "end".
    private sealed class ScriptedOutput : IOutput
    {
        private readonly List<string> _calls = [];

        public ManualResetEventSlim Started { get; } = new();

        public Exception? Failure { get; set; }

        public Exception? SafeFailure { get; init; }

        public ManualResetEventSlim? Release { get; init; }

        public bool WaitForStop { get; init; }

        public IReadOnlyList<string> Calls
        {
            get
            {
                lock (_calls)
                {
                    return [.. _calls];
                }
            }
        }

        public void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop)
        {
            Add(action.Gesture);
            Started.Set();
            Release?.Wait(CancellationToken.None);
            if (WaitForStop)
            {
                stop.WaitHandle.WaitOne();
                stop.ThrowIfCancellationRequested();
            }

            if (Failure is { } failure)
            {
                throw failure;
            }
        }

        public void MakeSafe()
        {
            Add("safe");
            if (SafeFailure is { } failure)
            {
                throw failure;
            }
        }

        public void Dispose() => Add("end");

        private void Add(string call)
        {
            lock (_calls)
            {
                _calls.Add(call);
            }
        }
    }
}
