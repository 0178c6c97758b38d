using System.Numerics;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>Clips as other cameras might have seen them.</summary>
public class VariationTests
{
    private const int Size = 64;
    private const byte SwipingLeft = 16;
    private const byte SwipingRight = 17;
    private const byte ThumbUp = 20;

    [Fact]
    public void What_a_clip_says_of_the_hand_goes_with_the_pictures()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var place = new Vector2(new Dice(seed).Between(-0.6f, 0.6f), new Dice(seed + 1000).Between(-0.6f, 0.6f));
            var varied = Variation.Random(new Dice(seed), Size, mayMirror: true).Of(Spot(place));
            var target = varied.Targets[0];
            var sight = target.Sight!;
            Assert.True(sight.Visible);
            Assert.InRange(Vector2.Distance(sight.Place, BrightestPlace(varied.Pixels)), 0, 3f / Size);

            // The motion goes to the right in the clip; the label is the performer's.
            Assert.Equal(sight.Motion.X > 0 ? SwipingLeft : SwipingRight, varied.Label);
            Assert.Equal(varied.Label, target.Label);
            Assert.InRange(sight.Size, 0.4f * MathF.Exp(-0.2f), 0.4f * MathF.Exp(0.2f));
        }
    }

    [Fact]
    public void What_may_not_be_mirrored_is_not()
    {
        var left = Enumerable.Range(0, 40).Select(seed => Variation.Random(new Dice(seed), Size, mayMirror: false).Of(Spot(Vector2.Zero)));
        Assert.All(left, clip => Assert.Equal(Spot(Vector2.Zero).Label, clip.Label));
    }

    [Fact]
    public void A_hand_that_is_moved_out_of_the_picture_is_not_seen()
    {
        var sight = Hand.At(new Vector2(1.1f, 0), firstPerson: 1);
        var moved = sight.Moved(Matrix3x2.CreateTranslation(0.1f, 0), 1);
        Assert.Equal(HandSight.None(1), moved);
        Assert.True(sight.Moved(Matrix3x2.CreateTranslation(-0.1f, 0), 1).Visible);
    }

    [Fact]
    public void A_stretch_that_begins_late_in_a_swipe_teaches_nothing_of_it()
    {
        foreach (var stretch in Stretches(SwipingLeft))
            Assert.True(stretch.Targets.All(target => target.Weight == 0) || stretch.Targets.All(target => target.Weight == 1));
    }

    [Fact]
    public void A_stretch_that_begins_while_a_sign_is_held_teaches_it_after_three_frames()
    {
        Assert.Contains(Stretches(ThumbUp), stretch => stretch.Targets[0].Weight == 0);
        foreach (var stretch in Stretches(ThumbUp))
            Assert.All(stretch.Targets.Skip(3), target => Assert.Equal(1, target.Weight));
    }

    [Fact]
    public void Clips_of_another_size_are_brought_to_the_one_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        var spot = Spot(new Vector2(0.3f, -0.2f));
        using (var file = ClipFile.Create(folder.At("one.clips"), Size))
        {
            var frames = Enumerable.Repeat(spot, ClipRenderer.FrameCount).ToList();
            file.Append(spot with { Targets = [.. frames.SelectMany(frame => frame.Targets)], Pixels = [.. frames.SelectMany(frame => frame.Pixels)] });
        }

        using var clips = new ClipFolder([folder.Root], size: Size / 2);
        Assert.Equal(Size / 2, clips.Size);
        var pixels = clips.Read(0).Pixels;
        Assert.Equal(ClipRenderer.FrameCount * Size / 2 * Size / 2 * 3, pixels.Length);
        var at = (int)(0.4f * Size / 2) * Size / 2 + (int)(0.65f * Size / 2); // where the spot is
        Assert.True(pixels[at * 3] > 200 && pixels[0] == 0);
    }

    // Stretches of 8 frames of clips in which the gesture is made from the first to the last.
    private static IEnumerable<StoredClip> Stretches(byte label)
    {
        using var folder = new TemporaryFolder();
        using (var file = ClipFile.Create(folder.At("one.clips"), 4))
            file.Append(new StoredClip(label, [.. Enumerable.Repeat(new FrameTarget(label, 1, Phase.Stroke), ClipRenderer.FrameCount)], new byte[ClipRenderer.FrameCount * 4 * 4 * 3]));
        using var clips = new ClipFolder([folder.Root]);
        var dice = new Dice(5);
        return [.. Enumerable.Range(0, 60).Select(_ => clips.Draw(dice, 8))];
    }

    // One picture, black but for a bright spot where the hand is.
    private static StoredClip Spot(Vector2 place)
    {
        var pixels = new byte[Size * Size * 3];
        for (var i = 0; i < Size * Size; i++)
            pixels.AsSpan(i * 3, 3).Fill((byte)(Vector2.Distance(PlaceOf(i), place) < 0.12f ? 250 : 0));
        var sight = Hand.At(place, firstPerson: 0);
        return new StoredClip(SwipingLeft, [new FrameTarget(SwipingLeft, 1, Phase.Stroke, sight)], pixels);
    }

    private static Vector2 BrightestPlace(byte[] pixels)
    {
        var bright = Enumerable.Range(0, Size * Size).Where(i => pixels[i * 3] > 150).Select(PlaceOf).ToList();
        return bright.Aggregate(Vector2.Zero, (sum, place) => sum + place) / bright.Count;
    }

    private static Vector2 PlaceOf(int pixel) => new Vector2(pixel % Size + 0.5f, pixel / Size + 0.5f) * 2 / Size - Vector2.One;
}
