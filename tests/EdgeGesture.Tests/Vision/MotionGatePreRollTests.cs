using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public class MotionGatePreRollTests
{
    [Fact]
    public void Keeps_the_last_frames_as_they_were_oldest_first()
    {
        using var preRoll = new PreRoll(0.8, 10);
        for (var i = 0; i < 20; i++)
        {
            using var picture = TestFrame.Random(PixelFormat.Yuyv, 32, 24, seed: i, padBytes: 4, fullRange: true);
            preRoll.Keep(picture.At(TimeSpan.FromSeconds(i / 10.0), i));
        }

        Assert.Equal(8, preRoll.Count);
        for (var i = 0; i < 8; i++)
        {
            using var expected = TestFrame.Random(PixelFormat.Yuyv, 32, 24, seed: 12 + i, padBytes: 4, fullRange: true);
            var frame = preRoll[i];
            Assert.Equal(expected.Frame.Data, frame.Data);
            Assert.Equal(12 + i, frame.Sequence);
            Assert.Equal(TimeSpan.FromSeconds((12 + i) / 10.0), frame.Timestamp);
            Assert.Equal((PixelFormat.Yuyv, 32, 24, 68, true), (frame.Format, frame.Width, frame.Height, frame.StrideBytes, frame.FullRange));
        }
    }

    [Fact]
    public void Reaches_back_in_seconds_at_any_cadence()
    {
        using var preRoll = new PreRoll(0.8, 10);
        using var picture = TestFrame.Random(PixelFormat.Nv12, 32, 24, seed: 1);
        for (var i = 0; i < 20; i++)
        {
            preRoll.Keep(picture.At(TimeSpan.FromSeconds(i / 3.3), i));
        }

        Assert.Equal(3, preRoll.Count);
        Assert.Equal([17, 18, 19], Enumerable.Range(0, 3).Select(i => preRoll[i].Sequence));
    }

    [Fact]
    public void A_frame_of_another_recording_drives_out_the_old_ones()
    {
        using var preRoll = new PreRoll(0.8, 10);
        using var picture = TestFrame.Random(PixelFormat.Nv12, 32, 24, seed: 1);
        preRoll.Keep(picture.At(TimeSpan.FromSeconds(9), 90));
        preRoll.Keep(picture.At(TimeSpan.FromSeconds(1), 0));
        Assert.Equal(0, Assert.Single(Enumerable.Range(0, preRoll.Count).Select(i => preRoll[i].Sequence)));
    }

    [Fact]
    public void Follows_a_change_of_layout_and_pictures_of_any_size()
    {
        using var preRoll = new PreRoll(1, 10);
        using var small = TestFrame.Random(PixelFormat.I420, 32, 24, seed: 1);
        using var jpeg = new TestFrame(PixelFormat.Mjpeg, 640, 480, Enumerable.Range(0, 50_000).Select(i => (byte)i).ToArray());
        for (var i = 0; i < 30; i++)
        {
            preRoll.Keep((i % 3 == 0 ? jpeg : small).At(TimeSpan.FromSeconds(i / 10.0), i));
        }

        Assert.Equal(10, preRoll.Count);
        Assert.Equal(jpeg.Frame.Data, preRoll[7].Data); // frame 27
        Assert.Equal(small.Frame.Data, preRoll[9].Data);
    }

    [Fact]
    public void A_frame_beyond_the_bound_is_not_kept()
    {
        using var preRoll = new PreRoll(1, 10);
        using var picture = new TestFrame(PixelFormat.Mjpeg, 4000, 3000, new byte[7_000_000]);
        preRoll.Keep(picture.Frame);
        Assert.Equal(0, preRoll.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => preRoll[0]);
    }

    [Fact]
    public void Of_no_length_it_keeps_nothing()
    {
        using var preRoll = new PreRoll(0, 10);
        using var picture = TestFrame.Random(PixelFormat.I420, 32, 24, seed: 1);
        preRoll.Keep(picture.Frame);
        Assert.Equal(0, preRoll.Count);
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        using var preRoll = new PreRoll(0.5, 10);
        using var picture = TestFrame.Random(PixelFormat.Yuyv, 64, 48, seed: 1);
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = Fill();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);

        long Fill()
        {
            var sequences = 0L;
            for (var i = 0; i < 40; i++)
            {
                preRoll.Keep(picture.At(TimeSpan.FromSeconds(i / 10.0), i));
                for (var k = 0; k < preRoll.Count; k++)
                {
                    sequences += preRoll[k].Sequence;
                }
            }

            return sequences;
        }
    }
}
