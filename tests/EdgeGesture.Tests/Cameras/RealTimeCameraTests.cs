using EdgeGesture.Cameras;
using EdgeGesture.Outputs;

namespace EdgeGesture.Tests.Cameras;

public class RealTimeCameraTests
{
    private readonly SteppedClock _clock = new();

    [Fact]
    public void A_frame_comes_no_sooner_than_its_time()
    {
        using var camera = new RealTimeCamera(() => new SyntheticCamera(64, 48, 10), loop: false, _clock);
        Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.Zero, out var frame));
        var begin = frame!.Timestamp;
        Assert.Equal(ReadResult.Timeout, camera.Read(TimeSpan.Zero, out frame));
        Assert.Null(frame);
        Assert.Equal(ReadResult.Timeout, camera.Read(TimeSpan.FromMilliseconds(99), out frame));
        Assert.Equal(begin + TimeSpan.FromMilliseconds(99), _clock.Now);
        Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.FromMilliseconds(99), out frame));
        Assert.Equal(begin + TimeSpan.FromMilliseconds(100), frame!.Timestamp);
        Assert.Equal(frame.Timestamp, _clock.Now);
        Assert.Equal(1, frame.Sequence);
    }

    [Fact]
    public void A_loop_goes_on_in_time_and_number()
    {
        using var camera = new RealTimeCamera(() => new Y4mCamera(new MemoryStream(Video(frames: 3)), "clip.y4m"), loop: true, _clock);
        var times = new List<TimeSpan>();
        while (times.Count < 8)
        {
            _clock.SleepUntil(_clock.Now + TimeSpan.FromMilliseconds(100));
            if (camera.Read(TimeSpan.Zero, out var frame) == ReadResult.Frame)
            {
                Assert.Equal(times.Count, frame!.Sequence);
                times.Add(frame.Timestamp);
            }
        }

        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(0.1, (pair.Second - pair.First).TotalSeconds, tolerance: 1e-6));
    }

    [Fact]
    public void Without_a_loop_the_end_is_the_end()
    {
        using var camera = new RealTimeCamera(() => new Y4mCamera(new MemoryStream(Video(frames: 1)), "clip.y4m"), loop: false, _clock);
        Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.Zero, out _));
        Assert.Equal(ReadResult.End, camera.Read(TimeSpan.Zero, out _));
    }

    [Fact]
    public void On_the_system_s_clock_no_frame_is_ahead_of_its_timestamp()
    {
        using var camera = new RealTimeCamera(() => new SyntheticCamera(64, 48, 150), loop: false);
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(ReadResult.Frame, camera.Read(TimeSpan.FromSeconds(10), out var frame));
            Assert.InRange(TimeProvider.System.GetElapsedTime(0), frame!.Timestamp, TimeSpan.MaxValue);
        }
    }

    private static byte[] Video(int frames) =>
        [.. "YUV4MPEG2 W4 H4 F10:1\n"u8, .. Enumerable.Range(0, frames).SelectMany(_ => "FRAME\n"u8.ToArray().Concat(new byte[24]))];

    // Time passes only where somebody sleeps.
    private sealed class SteppedClock : IEdgeClock
    {
        public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

        public void SleepUntil(TimeSpan time) => Now = time;
    }
}
