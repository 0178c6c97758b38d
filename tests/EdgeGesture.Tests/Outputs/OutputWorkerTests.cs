using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Outputs;

public class OutputWorkerTests
{
    private static readonly GestureEvent Gesture = new("Thumb Up", 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);
    private static readonly ActionOptions Action = new() { Gesture = "Thumb Up", Output = "lamp", Do = Verb.On };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // only a broken test waits so long

    private readonly FakeTimeProvider _clock = new();
    private readonly LogList _log = new();

    [Fact]
    public async Task An_output_that_throws_is_reported_once_and_goes_on()
    {
        var fails = true;
        using var output = new ScriptedOutput(() => fails ? throw new IOException("Broken wire.") : 0);
        using var worker = new OutputWorker("lamp", output, _clock, _log);
        for (var i = 0; i < 3; i++)
        {
            worker.Post(Action, Gesture);
            await worker.WhenIdleAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, output.Performed);
        Assert.Contains("lamp failed: Broken wire.", Assert.Single(_log.Lines), StringComparison.Ordinal);
        fails = false;
        worker.Post(Action, Gesture);
        await worker.WhenIdleAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains("lamp works again", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_hangs_delays_no_other_and_is_reported()
    {
        using var release = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        using var hanging = new ScriptedOutput(() =>
        {
            started.Set();
            release.Wait();
            return 0;
        });
        using var quick = new ScriptedOutput(() => 0);
        using var first = new OutputWorker("siren", hanging, _clock, _log);
        using var second = new OutputWorker("lamp", quick, _clock, _log);
        first.Post(Action, Gesture);
        started.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
        {
            first.Post(Action, Gesture); // never waits
        }

        second.Post(Action, Gesture);
        await second.WhenIdleAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1, quick.Performed);
        Assert.Contains("siren does not keep up", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("siren has taken over 5 s", _log.Lines[^1], StringComparison.Ordinal);
        first.MakeSafe();
        Assert.True(hanging.IsSafe);
        release.Set();
    }

    private sealed class ScriptedOutput(Func<int> perform) : IOutput
    {
        private int _performed;

        public int Performed => Volatile.Read(ref _performed);

        public bool IsSafe { get; private set; }

        public void Perform(ActionOptions action, GestureEvent gesture)
        {
            Interlocked.Increment(ref _performed);
            perform();
        }

        public void MakeSafe() => IsSafe = true;

        public void Dispose() => IsSafe = true;
    }
}
