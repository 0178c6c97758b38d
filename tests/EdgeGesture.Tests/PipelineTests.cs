using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Power;
using EdgeGesture.Recognition;
using EdgeGesture.Tests.Support;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests;

/// <summary>
/// The whole way on the tiny model, whose scores are the mean red, green and blue of this frame and the last: green
/// pictures are its label Left.
/// </summary>
public sealed class PipelineTests : IDisposable
{
    private static readonly byte[] Grey = [128, 128, 128, 128];
    private static readonly byte[] Green = [145, 54, 145, 34];

    private readonly TinyModelFile _file = new();
    private readonly StreamingModel _model;
    private readonly EventList _sink = new();

    public PipelineTests() => _model = StreamingModel.Load(_file.Path);

    public void Dispose()
    {
        _model.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void Frames_become_an_event()
    {
        using var camera = new ScriptedCamera(10, (Grey, 10), (Green, 10));
        Play(camera, new EdgeGestureOptions { Motion = new MotionGateOptions { Enabled = false } });
        var gesture = Assert.Single(_sink.Events);
        Assert.Equal("Left", gesture.Gesture);
        Assert.InRange(gesture.Fire.TotalSeconds, 1.0, 1.8);
    }

    [Fact]
    public void Only_frames_that_are_due_reach_the_network()
    {
        using var camera = new ScriptedCamera(30, (Grey, 90));
        var pipeline = Play(camera, new EdgeGestureOptions { Motion = new MotionGateOptions { Enabled = false } });
        Assert.Equal(90, pipeline.Counters.Captured);
        Assert.InRange(pipeline.Counters.Inferences, 29, 31);
    }

    [Fact]
    public void In_a_still_scene_the_network_sleeps_and_wakes_with_what_it_missed()
    {
        using var camera = new ScriptedCamera(10, (Grey, 100), (Green, 10));
        var seen = new List<long>();
        var pipeline = Play(camera, new EdgeGestureOptions(), frame => seen.Add(frame.Sequence));
        Assert.InRange(pipeline.Counters.Inferences, 30, 45); // 2 s awake at first, then the motion with its pre-roll
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(seen.Distinct(), seen);
        Assert.DoesNotContain(60, seen);
        Assert.Equal(Enumerable.Range(92, 18).Select(i => (long)i), seen[^18..]); // 8 frames before the motion, and all after
        Assert.Equal("Left", Assert.Single(_sink.Events).Gesture);
    }

    [Fact]
    public void A_governors_level_thins_the_frames_slows_the_camera_and_saves_threads()
    {
        using var model = StreamingModel.Load(_file.Path, threads: 2);
        using var camera = new ScriptedCamera(30, (Grey, 1000));
        using var pipeline = new Pipeline(camera, model, new EdgeGestureOptions { Motion = { Enabled = false }, Model = { Threads = 2 } }, _sink, TimeProvider.System);
        foreach (var (level, inferences, rate, threads) in ((int, int, double?, int)[])[(0, 30, null, 2), (2, 15, null, 2), (3, 10, null, 2), (4, 10, 10 / 3.0, 2), (5, 10, 10 / 3.0, 1), (0, 30, null, 2)])
        {
            pipeline.Level = GovernorLevel.All[level];
            var before = pipeline.Counters.Inferences;
            for (var i = 0; i < 90; i++)
            {
                pipeline.Step(TimeSpan.Zero);
            }

            Assert.InRange(pipeline.Counters.Inferences - before, inferences - 1, inferences + 1);
            Assert.Equal(rate ?? 0, camera.Rate ?? 0, 1e-9);
            Assert.Equal(threads, model.Threads);
        }
    }

    [Fact]
    public void A_pause_makes_outputs_safe_once_and_lets_no_frame_through()
    {
        using var camera = new ScriptedCamera(10, (Grey, 10), (Green, 20), (Grey, 10));
        using var pipeline = new Pipeline(camera, _model, new EdgeGestureOptions { Motion = { Enabled = false } }, _sink, TimeProvider.System);
        Step(pipeline, 10);
        pipeline.IsPaused = true;
        Step(pipeline, 20);
        Assert.Equal(10, pipeline.Counters.Inferences);
        Assert.Equal("recognition is paused", Assert.Single(_sink.SafeReasons));
        pipeline.IsPaused = false;
        Step(pipeline, 10);
        Assert.Equal(20, pipeline.Counters.Inferences);
        Assert.Empty(_sink.Events);
        Assert.Single(_sink.SafeReasons);
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using var camera = new SyntheticCamera(640, 480, 10);
        using var pipeline = new Pipeline(camera, _model, new EdgeGestureOptions(), _sink, TimeProvider.System);
        for (var i = 0; i < 5; i++)
        {
            pipeline.Step(TimeSpan.Zero);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            pipeline.Step(TimeSpan.Zero);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Step(Pipeline pipeline, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            pipeline.Step(TimeSpan.Zero);
        }
    }

    private Pipeline Play(ICamera camera, EdgeGestureOptions options, Action<Frame>? recognised = null)
    {
        using var pipeline = new Pipeline(camera, _model, options, _sink, TimeProvider.System) { Recognised = recognised };
        pipeline.Run(CancellationToken.None);
        return pipeline;
    }

    private sealed class EventList : IGestureSink
    {
        public List<GestureEvent> Events { get; } = [];

        public void Post(in GestureEvent gesture) => Events.Add(gesture);

        public List<string> SafeReasons { get; } = [];

        public void MakeSafe(string reason) => SafeReasons.Add(reason);
    }

    // Pictures of one colour, a YUYV pair each. The right half stays grey, or a change of colour would look
    // like a change of the light to the gate.
    private sealed class ScriptedCamera(double framesPerSecond, params (byte[] Colour, int Frames)[] script) : ICamera
    {
        private const int Width = 64;
        private const int Height = 48;

        private readonly List<TestFrame> _frames = [.. script.SelectMany(part => Enumerable.Repeat(part.Colour, part.Frames)).Select(Picture)];
        private int _next;

        public string Name => "script";

        public string Mode => "64×48 YUYV";

        public double? Rate { get; private set; }

        public void AskForRate(double? framesPerSecond) => Rate = framesPerSecond;

        public ReadResult Read(TimeSpan timeout, out Frame? frame)
        {
            frame = _next < _frames.Count ? _frames[_next].At(TimeSpan.FromSeconds(_next / framesPerSecond), _next) : null;
            _next++;
            return frame is null ? ReadResult.End : ReadResult.Frame;
        }

        public void Dispose() => _frames.ForEach(frame => frame.Dispose());

        private static TestFrame Picture(byte[] colour)
        {
            var row = Enumerable.Range(0, Width / 2).SelectMany(pair => pair < Width / 2 * 45 / 100 ? colour : Grey).ToArray();
            return new TestFrame(PixelFormat.Yuyv, Width, Height, [.. Enumerable.Repeat(row, Height).SelectMany(bytes => bytes)]);
        }
    }
}
