using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

public sealed class SiblingsTests
{
    private static readonly IReadOnlyList<string> Labels = JesterVocabulary.Labels;

    [Fact]
    public void Sixteen_gestures_have_a_sibling_whose_sibling_they_are()
    {
        var siblings = Labels.Where(label => GestureBook.Sibling(label) is not null).ToList();
        Assert.Equal(16, siblings.Count);
        Assert.All(siblings, label => Assert.Equal(label, GestureBook.Sibling(GestureBook.Sibling(label)!)));
        Assert.All(siblings, label => Assert.Contains(GestureBook.Sibling(label), Labels));
        Assert.Equal("Sliding Two Fingers Up", GestureBook.Sibling("Swiping Up"));
        Assert.Equal("Pulling Hand In", GestureBook.Sibling("Pulling Two Fingers In"));
        Assert.Equal("Zooming Out With Two Fingers", GestureBook.Sibling("Zooming Out With Full Hand"));
        Assert.Null(GestureBook.Sibling("Thumb Up"));
    }

    [Fact]
    public void The_likelier_of_two_siblings_takes_the_probability_of_both_and_all_others_keep_theirs()
    {
        var probabilities = new float[Labels.Count];
        Give("Swiping Left", 0.3f);
        Give("Sliding Two Fingers Left", 0.25f);
        Give("Swiping Right", 0.05f);
        Give("Thumb Up", 0.1f);
        Give(JesterVocabulary.NoGesture, 0.3f);

        var decided = Decided(probabilities);

        Assert.Equal(0.55f, decided["Swiping Left"], 3);
        Assert.Equal(0, decided["Sliding Two Fingers Left"], 3);
        Assert.Equal(0.05f, decided["Swiping Right"], 3);
        Assert.Equal(0.1f, decided["Thumb Up"], 3);
        Assert.Equal(0.3f, decided[JesterVocabulary.NoGesture], 3);

        void Give(string label, float probability) => probabilities[GestureBook.IndexOf(label)] = probability;
    }

    private static Dictionary<string, float> Decided(float[] probabilities)
    {
        using var scores = (tensor(probabilities) + 1e-9).log().unsqueeze(0);
        var decided = Siblings.Decide(scores).softmax(1).data<float>().ToArray();
        return Labels.Zip(decided).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
