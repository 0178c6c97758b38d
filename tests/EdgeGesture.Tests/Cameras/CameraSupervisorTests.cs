using System.Collections.Concurrent;
using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;
using EdgeGesture.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Cameras;

public class CameraSupervisorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10); // for what another thread does at once

    private readonly FakeTimeProvider _clock = new();
    private readonly LogList _log = new();
    private readonly ConcurrentQueue<ScriptedCamera> _opened = [];
    private readonly ConcurrentQueue<double?> _rates = [];
    private int _attempts;

    [Theory]
    [InlineData("fx", "The camera was unplugged; plug it in again.")]
    [InlineData("fe", "The camera camera ended its stream; check its cable and power.")]
    public void A_failure_is_said_once_with_its_remedy_and_the_camera_is_back(string script, string sentence)
    {
        using var supervisor = Supervise(script, "f");
        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out var frame));
        Assert.Null(frame);
        Assert.StartsWith(sentence, Assert.Single(_log.Lines));

        _clock.Advance(CameraSupervisor.FirstPause);
        Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out frame));
        Assert.NotNull(frame);
        Assert.True(_opened.First().IsDisposed);
        Assert.Equal("The camera camera is back, 64×48 YUYV, after 0.5 s without it", _log.Lines[1]);
    }

    [Fact]
    public void Two_seconds_without_a_frame_are_a_loss()
    {
        using var supervisor = Supervise("ft", "f");
        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(ReadResult.Timeout, supervisor.Read(TimeSpan.Zero, out _));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out _));
        Assert.StartsWith("The camera camera gave no frame for 2 s; check its cable and power.", Assert.Single(_log.Lines));
    }

    [Fact]
    public void The_first_frame_may_take_longer()
    {
        using var supervisor = Supervise("ttf");
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(ReadResult.Timeout, supervisor.Read(TimeSpan.Zero, out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out _));
    }

    [Fact]
    public void Pauses_grow_to_half_a_minute_and_nothing_more_is_said()
    {
        // Nine openings fail, and one camera opens but gives nothing: that is no return either.
        using var supervisor = Supervise(["fx", .. Enumerable.Repeat("", 9), "x", "f"]);
        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out _));
        foreach (var seconds in new[] { 0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30 })
        {
            var attempts = _attempts;
            _clock.Advance(TimeSpan.FromSeconds(seconds - 0.01));
            Assert.Equal(ReadResult.Timeout, supervisor.Read(TimeSpan.Zero, out _));
            Assert.Equal(attempts, _attempts);
            _clock.Advance(TimeSpan.FromSeconds(0.01));
            Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
            Assert.Equal(attempts + 1, _attempts);
        }

        Assert.Equal(ReadResult.Timeout, supervisor.Read(TimeSpan.Zero, out _));
        _clock.Advance(CameraSupervisor.LongestPause);
        Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
        Assert.Single(_log.Lines, line => line.Contains("It is tried again", StringComparison.Ordinal));
        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal("The camera camera is back, 64×48 YUYV, after 181.5 s without it", _log.Lines[^1]);
    }

    [Fact]
    public void After_a_return_the_pause_is_short_again()
    {
        using var supervisor = Supervise("fx", "", "fx", "f");
        foreach (var pauses in new[] { new[] { 0.5, 1 }, [0.5] })
        {
            Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
            Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out _));
            foreach (var seconds in pauses)
            {
                _clock.Advance(TimeSpan.FromSeconds(seconds));
                Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
            }
        }

        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
    }

    [Fact]
    public void A_camera_that_cannot_be_opened_at_the_start_is_an_error()
    {
        var exception = Assert.Throws<EdgeGestureException>(() => Supervise(""));
        Assert.Equal("There is no camera.", exception.Message);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void One_that_is_awaited_is_lost_from_the_first_read_on()
    {
        using var supervisor = new CameraSupervisor(OpenNext("", "", "f"), _clock, _log, awaited: "auto");
        Assert.Equal(("auto", "not there yet"), (supervisor.Name, supervisor.Mode));
        Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out _));
        foreach (var seconds in new[] { 0.5, 1 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
        }

        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal("There is no camera. It is tried again until it gives frames.", _log.Lines[0]);
        Assert.Equal("The camera camera is back, 64×48 YUYV, after 1.5 s without it", _log.Lines[^1]);
    }

    [Fact]
    public void Disposed_while_blind_it_opens_nothing_more()
    {
        using (var supervisor = Supervise("x", "f"))
        {
            Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out _));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public void Another_rate_opens_it_again_without_a_loss()
    {
        using var supervisor = Supervise("f", "f", "f");
        foreach (var rate in (double?[])[10 / 3.0, null])
        {
            Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
            supervisor.AskForRate(rate);
            Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
        }

        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal([null, 10 / 3.0, null], _rates);
        Assert.True(_opened.First().IsDisposed);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void One_that_does_not_come_back_from_another_rate_is_lost()
    {
        using var supervisor = Supervise("f", "", "f");
        supervisor.AskForRate(5);
        Assert.Equal(ReadResult.Lost, supervisor.Read(Soon, out _));
        _clock.Advance(CameraSupervisor.FirstPause);
        Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal([null, 5, 5], _rates);
    }

    [Fact]
    public void One_that_hangs_while_it_opens_at_another_rate_is_lost_too()
    {
        using var released = new ManualResetEventSlim();
        using var supervisor = new CameraSupervisor(
            rate =>
            {
                if (rate is not null)
                {
                    released.Wait();
                }

                return new ScriptedCamera("f");
            },
            _clock, _log);
        supervisor.AskForRate(5);
        Assert.Equal(ReadResult.Timeout, supervisor.Read(TimeSpan.Zero, out _));
        _clock.Advance(CameraSupervisor.Patience);
        Assert.Equal(ReadResult.Lost, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal(ReadResult.Timeout, supervisor.Read(TimeSpan.Zero, out _));
        released.Set();
        Assert.Equal(ReadResult.Timeout, supervisor.Read(Soon, out _));
        Assert.Equal(ReadResult.Frame, supervisor.Read(TimeSpan.Zero, out _));
        Assert.Equal(2, _log.Lines.Count); // lost, and back
    }

    [Fact]
    public void Watching_over_a_frame_allocates_nothing()
    {
        using var supervisor = Supervise("f");
        supervisor.Read(TimeSpan.Zero, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            supervisor.Read(TimeSpan.Zero, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_loss_makes_the_outputs_safe_once_and_the_pipeline_forgets()
    {
        using var file = new TinyModelFile();
        using var model = StreamingModel.Load(file.Path);
        using var supervisor = Supervise("ffx", "", "f");
        var sink = new SafeCount();
        using var pipeline = new Pipeline(supervisor, model, new EdgeGestureOptions(), sink, _clock);
        pipeline.Step(TimeSpan.Zero);
        var fresh = model.Scores.ToArray();
        pipeline.Step(TimeSpan.Zero);
        Assert.Equal(0, sink.Count);
        Assert.NotEqual(fresh, model.Scores.ToArray()); // of this frame and the last

        Assert.Equal(ReadResult.Lost, pipeline.Step(TimeSpan.Zero));
        for (var seconds = 0.5; seconds <= 1; seconds *= 2)
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            pipeline.Step(Soon);
        }

        Assert.Equal(ReadResult.Frame, pipeline.Step(TimeSpan.Zero));
        Assert.Equal(fresh, model.Scores.ToArray());
        Assert.Equal(1, sink.Count);
        Assert.Equal(6, pipeline.Steps);
    }

    // The scripts of the cameras that are opened one after another; "" cannot be opened.
    private CameraSupervisor Supervise(params string[] scripts) => new(OpenNext(scripts), _clock, _log);

    private Func<double?, ICamera> OpenNext(params string[] scripts) => rate =>
    {
        _rates.Enqueue(rate);
        var script = scripts[_attempts++];
        var camera = script.Length > 0 ? new ScriptedCamera(script) : throw new EdgeGestureException("There is no camera.");
        _opened.Enqueue(camera);
        return camera;
    };

    private sealed class SafeCount : IGestureSink
    {
        public int Count { get; private set; }

        public void Post(in GestureEvent gesture)
        {
            // Nothing is driven.
        }

        public void MakeSafe(string reason) => Count++;
    }
}
