using System.Numerics;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class ScriptWriterTests
{
    private const int Scripts = 150;

    private static readonly ScriptWriter Writer = new(Material.Open(hands: false));

    /// <summary>Once a thumb that was up before its span began was taught as no gesture.</summary>
    [Theory]
    [InlineData("Thumb Up")]
    [InlineData("Thumb Down")]
    public void A_thumb_that_shows_is_a_gesture_and_not_background(string label)
    {
        const float FistDegrees = 76; // hardly less than when it is held
        var moments = Enumerable.Range(0, Scripts).SelectMany(seed => Moments(label, seed)).ToList();
        Assert.Contains(moments, moment => moment.Hand.Pose.Knuckle(1) > FistDegrees);
        Assert.DoesNotContain(moments, moment => IsBackground(moment.Target) && moment.Hand.Pose.Knuckle(1) > FistDegrees);
    }

    /// <summary>Once an open hand that paused before it swiped could not be told from a Stop Sign.</summary>
    [Theory]
    [InlineData("Pushing Hand Away")]
    [InlineData("Zooming Out With Full Hand")]
    [InlineData("Doing other things")]
    public void An_open_hand_that_is_held_is_a_stop_sign_and_not_background(string label)
    {
        const int LongestFrames = 6;
        var longest = Enumerable.Range(0, Scripts).Max(seed =>
        {
            var (frames, most) = (0, 0);
            foreach (var (hand, before, target) in Moments(label, seed))
            {
                var isStill = Vector3.Distance(hand.Wrist, before.Wrist) < 0.005f;
                var isOpen = Enumerable.Range(0, 4).All(finger => hand.Pose.Knuckle(finger) < 12 && hand.Pose.MiddleJoint(finger) < 16);
                frames = isStill && isOpen && IsBackground(target) ? frames + 1 : 0;
                most = Math.Max(most, frames);
            }

            return most;
        });
        Assert.InRange(longest, 0, LongestFrames);
    }

    /// <summary>So opening, closing or turning it means nothing to a camera at its owner's eyes.</summary>
    [Fact]
    public void A_hand_seen_by_its_owner_swipes_and_slides_and_does_all_else_for_no_gesture()
    {
        foreach (var label in GestureBook.Labels)
        {
            var isLine = label.StartsWith("Swiping", StringComparison.Ordinal) || label.StartsWith("Sliding", StringComparison.Ordinal);
            var share = Enumerable.Range(0, Scripts).Average(seed => Writer.Write(new Dice(seed), label).FirstPerson ? 1.0 : 0);
            Assert.InRange(share, isLine ? 0.25 : 0, isLine ? 0.55 : 0);
        }

        var own = Enumerable.Range(0, Scripts).Select(seed => Writer.Write(new Dice(seed), "Doing other things")).Where(script => script.FirstPerson).ToList();
        Assert.Contains(own, script => Shows(script, pose => pose.Knuckle(1) > 80 && pose.ThumbIn < -20)); // a thumb
        Assert.Contains(own, script => Shows(script, pose => pose.Knuckle(1) < 12 && pose.Knuckle(2) < 12)); // an open hand
        Assert.All(own, script => Assert.Empty(script.Track!.Spans));
    }

    private static bool Shows(Script script, Func<HandPose, bool> shape) =>
        Enumerable.Range(0, ClipRenderer.FrameCount).Any(frame => shape(script.Track!.At((float)frame / ClipRenderer.CadenceFps).Pose));

    private static bool IsBackground(FrameTarget target) => target.Weight > 0 && target.Phase is not (Phase.Stroke or Phase.Aftermath);

    private static IEnumerable<(HandKey Hand, HandKey Before, FrameTarget Target)> Moments(string label, int seed)
    {
        var script = Writer.Write(new Dice(seed), label);
        return Enumerable.Range(0, ClipRenderer.FrameCount)
            .Select(frame => (float)frame / ClipRenderer.CadenceFps)
            .Select(seconds => (script.Track!.At(seconds), script.Track.At(seconds - 0.1f), FrameLabeller.At(script, seconds)));
    }
}
