using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class SplicedStreamTests
{
    private const int Clips = 5;
    private const int Frames = 84;

    [Fact]
    public void Frames_follow_each_other_as_in_their_clip_until_a_cut()
    {
        var places = SplicedStream.Draw(new Dice(1), Clips, Frames);
        Assert.All(places, place => Assert.True(place.Clip is >= 0 and < Clips && place.Frame is >= 0 and < ClipRenderer.FrameCount));
        var cuts = places.Zip(places.Skip(1)).Count(pair => pair.Second != (pair.First.Clip, pair.First.Frame + 1));
        Assert.InRange(cuts, Frames / ClipRenderer.FrameCount, Frames / 8);
    }

    [Fact]
    public void The_place_in_the_stream_does_not_tell_the_place_in_the_clip()
    {
        const int Streams = 2000;
        var dice = new Dice(2);
        var drawn = Enumerable.Range(0, Streams).Select(_ => SplicedStream.Draw(dice, Clips, Frames)).ToList();
        for (var place = 12; place < Frames; place++)
        {
            var most = drawn.CountBy(stream => stream[place].Frame).Max(frame => frame.Value);
            Assert.True(most < Streams / 8, $"At place {place} one frame of a clip comes {most} times in {Streams} streams.");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_stream() =>
        Assert.Equal(SplicedStream.Draw(new Dice(3), Clips, Frames), SplicedStream.Draw(new Dice(3), Clips, Frames));
}
