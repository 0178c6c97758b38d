using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class SplicedStreamTests
{
    private const int Clips = 5;
    private const int Frames = 84;

    [Fact]
    public void Its_parts_lie_within_their_clips_and_fill_it()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var parts = SplicedStream.Draw(new Dice(seed), dice => dice.Below(Clips), Frames);
            Assert.Equal(Frames, parts.Sum(part => part.Frames));
            Assert.InRange(parts.Count, Frames / (1.4 * ClipRenderer.FrameCount), Frames / 6.0);
            Assert.All(parts, part => Assert.InRange(part.Clip, 0, Clips - 1));
            Assert.All(parts, part => Assert.InRange(part.At(0), 0, ClipRenderer.FrameCount - 1));
            Assert.All(parts, part => Assert.InRange(part.At(part.Frames - 1), 0, ClipRenderer.FrameCount - 1));
        }
    }

    [Fact]
    public void The_place_in_the_stream_does_not_tell_the_place_in_the_clip()
    {
        const int Streams = 2000;
        var dice = new Dice(2);
        var drawn = Enumerable.Range(0, Streams)
            .Select(_ => SplicedStream.Draw(dice, drawn => drawn.Below(Clips), Frames).SelectMany(part => Enumerable.Range(0, part.Frames).Select(i => (int)part.At(i))).ToArray())
            .ToList();
        for (var place = 12; place < Frames; place++)
        {
            var most = drawn.CountBy(stream => stream[place]).Max(frame => frame.Value);
            Assert.True(most < Streams / 8, $"At place {place} one frame of a clip comes {most} times in {Streams} streams.");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_stream() =>
        Assert.Equal(SplicedStream.Draw(new Dice(3), dice => dice.Below(Clips), Frames), SplicedStream.Draw(new Dice(3), dice => dice.Below(Clips), Frames));
}
