using EdgeGesture.Models;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>What one's own gestures take the place of.</summary>
public class ReplacementTests
{
    [Fact]
    public void A_motion_that_the_model_does_not_know_takes_the_place_of_its_name_alone()
    {
        var replacement = Assert.Single(Replacement.Of([Told("Stop Sign"), Told("Stop Sign"), Told("Stop Sign", ("Thumb Up", 0.4f))]));
        Assert.Equal(["Stop Sign"], Names(replacement));
        Assert.Equal("\"Stop Sign\" takes the place of the gesture that the model knows by that name.", replacement.ToString());
    }

    [Fact]
    public void A_motion_that_the_model_knows_by_another_name_takes_the_place_of_both()
    {
        var replacement = Assert.Single(Replacement.Of([Told("Stop Sign"), Told("Stop Sign", ("Thumb Up", 0.6f)), Told("Stop Sign", ("Thumb Up", 0.6f), ("No gesture", 0.9f))]));
        Assert.Equal(["Stop Sign", "Thumb Up"], Names(replacement));
        Assert.Contains(", and of \"Thumb Up\", which it was taken for.", replacement.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_clip_of_many_is_taken_for_stays() =>
        Assert.Equal(["Stop Sign"], Names(Assert.Single(Replacement.Of([Told("Stop Sign", ("Thumb Up", 0.9f)), .. Enumerable.Repeat(Told("Stop Sign"), 3)]))));

    [Fact]
    public void A_gesture_that_the_model_mostly_tells_by_its_name_takes_nothings_place()
    {
        var replacement = Assert.Single(Replacement.Of([Told("Stop Sign", ("Stop Sign", 0.6f)), Told("Stop Sign", ("Stop Sign", 0.6f)), Told("Stop Sign", ("Thumb Up", 0.9f))]));
        Assert.Empty(replacement.Replaced);
        Assert.Equal("\"Stop Sign\" is the gesture that the model knows: it goes on learning it.", replacement.ToString());
    }

    [Fact]
    public void A_motion_that_is_seldom_told_by_its_name_takes_the_place_of_it() =>
        Assert.Equal(["Stop Sign", "Thumb Up"], Names(Assert.Single(Replacement.Of([Told("Stop Sign", ("Stop Sign", 0.6f)), Told("Stop Sign", ("Thumb Up", 0.9f)), Told("Stop Sign", ("Thumb Up", 0.9f))]))));

    [Fact]
    public void Clips_without_a_gesture_take_nothings_place() =>
        Assert.Empty(Replacement.Of([Told(JesterVocabulary.NoGesture, ("Thumb Up", 0.9f)), Told(JesterVocabulary.DoingOtherThings)]));

    private static IEnumerable<string> Names(Replacement replacement) => replacement.Replaced.Select(label => JesterVocabulary.Labels[label]);

    private static Peak Told(string label, params (string Label, float Probability)[] taken)
    {
        var probabilities = new float[JesterVocabulary.Labels.Count];
        foreach (var (other, probability) in taken)
            probabilities[GestureBook.IndexOf(other)] = probability;
        return new Peak(GestureBook.IndexOf(label), probabilities);
    }
}
