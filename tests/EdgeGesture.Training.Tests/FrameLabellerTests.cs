using System.Numerics;
using EdgeGesture.Models;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class FrameLabellerTests
{
    private static readonly byte ThumbUp = (byte)GestureBook.IndexOf("Thumb Up");

    [Theory]
    [InlineData(0.2f, FrameTarget.EitherBackground, 1, Phase.Background)]
    [InlineData(0.9f, FrameTarget.EitherBackground, 1, Phase.Preparation)]
    [InlineData(1.2f, FrameTarget.EitherBackground, 0, Phase.Stroke)]
    [InlineData(1.8f, 20, 1, Phase.Stroke)]
    [InlineData(2.3f, 20, 1, Phase.Aftermath)]
    [InlineData(2.5f, FrameTarget.EitherBackground, 0, Phase.Retraction)]
    [InlineData(2.8f, FrameTarget.EitherBackground, 1, Phase.Retraction)]
    [InlineData(4.0f, FrameTarget.EitherBackground, 1, Phase.Background)]
    public void A_gesture_counts_from_when_it_can_be_told_until_shortly_after(float seconds, byte label, float weight, Phase phase)
    {
        var script = new Script(FirstPerson: false, Sprite: null, Track(from: 1, strokeSeconds: 1), Rest: null);
        var target = FrameLabeller.At(script, seconds);
        Assert.Equal(20, ThumbUp);
        Assert.Equal(new FrameTarget(label, weight, phase), target);
    }

    [Fact]
    public void A_gesture_that_was_nearly_over_when_the_clip_began_teaches_nothing()
    {
        var script = new Script(FirstPerson: false, Sprite: null, Track(from: -0.9f, strokeSeconds: 1), Rest: null);
        Assert.Equal(0, FrameLabeller.At(script, 0.05f).Weight);
        Assert.Equal(0, FrameLabeller.At(script, 0.3f).Weight);
        Assert.Equal(FrameTarget.EitherBackground, FrameLabeller.At(script, 1.2f).Label);
    }

    [Fact]
    public void Without_a_hand_every_frame_has_the_clips_own_background_label()
    {
        var script = new Script(FirstPerson: false, Sprite: null, Track: null, JesterVocabulary.NoGesture);
        Assert.Equal(new FrameTarget(2, 1, Phase.Background), FrameLabeller.At(script, 1));
    }

    private static HandTrack Track(float from, float strokeSeconds)
    {
        var track = new HandTrack(new Dice(1), pace: 1);
        track.StartAt(from, Vector3.Zero, Quaternion.Identity, HandPose.Fist);
        track.Gesture("Thumb Up", 0.5f, () => track.Move(strokeSeconds, Vector3.UnitX, Quaternion.Identity, HandPose.Fist));
        return track;
    }
}
