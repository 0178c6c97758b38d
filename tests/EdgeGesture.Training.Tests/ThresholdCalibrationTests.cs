using EdgeGesture.Models;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>From how probable a gesture must be to count.</summary>
public class ThresholdCalibrationTests
{
    private const string Usual = "Thumb Up";
    private const string Rare = "Shaking Hand";

    [Fact]
    public void It_lies_between_what_is_false_and_what_is_right()
    {
        var thresholds = ThresholdCalibration.Of(Clips());
        Assert.All(GestureBook.Labels, label => Assert.InRange(thresholds[label], 0.56f, 0.75f));
    }

    [Fact]
    public void One_false_event_of_a_gesture_that_was_seldom_performed_moves_it_little()
    {
        var clips = Clips();
        clips.Add(Clip(Usual, Rare, 0.88f));
        Assert.InRange(ThresholdCalibration.Of(clips)[Rare], 0.56f, 0.75f);
    }

    [Fact]
    public void Many_false_events_of_a_gesture_move_its_own_alone()
    {
        var clips = Clips();
        clips.AddRange(Enumerable.Repeat(Clip(Usual, Rare, 0.88f), 60));
        var thresholds = ThresholdCalibration.Of(clips);
        Assert.InRange(thresholds[Rare], 0.881f, 0.95f);
        Assert.InRange(thresholds["Stop Sign"], 0.56f, 0.75f);
    }

    [Fact]
    public void Where_nothing_was_found_it_is_the_highest() =>
        Assert.All(ThresholdCalibration.Of([Clip(Usual, Usual, 0.1f)]).Values, threshold => Assert.Equal(0.95f, threshold));

    // Of each gesture 20 performances that became 0.76 to 0.95 probable, of one only 2; each is taken for another at 0.55 twice.
    private static List<Peak> Clips() =>
    [
        .. GestureBook.Labels.SelectMany(label => Enumerable.Range(0, label == Rare ? 2 : 20).Select(i => Clip(label, label, 0.76f + 0.01f * i))),
        .. GestureBook.Labels.SelectMany(label => Enumerable.Repeat(Clip(JesterVocabulary.NoGesture, label, 0.55f), 2)),
    ];

    private static Peak Clip(string label, string taken, float probability)
    {
        var peak = new float[JesterVocabulary.Labels.Count];
        peak[GestureBook.IndexOf(taken)] = probability;
        return new Peak(GestureBook.IndexOf(label), peak);
    }
}
