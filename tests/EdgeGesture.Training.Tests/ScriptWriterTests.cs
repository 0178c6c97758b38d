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

    private static bool IsBackground(FrameTarget target) => target.Weight > 0 && target.Phase is not (Phase.Stroke or Phase.Aftermath);

    private static IEnumerable<(HandKey Hand, HandKey Before, FrameTarget Target)> Moments(string label, int seed)
    {
        var script = Writer.Write(new Dice(seed), label);
        return Enumerable.Range(0, ClipRenderer.FrameCount)
            .Select(frame => (float)frame / ClipRenderer.CadenceFps)
            .Select(seconds => (script.Track!.At(seconds), script.Track.At(seconds - 0.1f), FrameLabeller.At(script, seconds)));
    }
}
