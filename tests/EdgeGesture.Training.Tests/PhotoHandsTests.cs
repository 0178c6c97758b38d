using EdgeGesture.Training.Data;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>The file that says where real hands are in photos.</summary>
public class PhotoHandsTests
{
    private const string Header = "photo,side,score,points\n";

    [Fact]
    public void A_photo_is_found_wherever_its_collection_lies()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("hands.csv"), $"{Header}rooms/hand/a.jpg,right,0.9,{Whole(30)}\nrooms/hand/a.jpg,left,0.4,10 20 0\n");
        var hands = PhotoHands.Load(folder.At("hands.csv"));
        Assert.Equal([true, false], hands.In("/some/where/rooms/hand/a.jpg").Select(hand => hand.IsWhole));
        Assert.Equal(2, hands.In("rooms/hand/a.jpg").Count);
        Assert.Empty(hands.In("/some/where/rooms/hand/b.jpg"));
    }

    [Theory]
    [InlineData("a.jpg,right,0.9,1 2")]
    [InlineData("a.jpg,right,0.9,1 2 three")]
    [InlineData("a.jpg,right,much,1 2 3")]
    public void A_row_that_makes_no_sense_is_named(string row)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("hands.csv"), $"{Header}{row}\n");
        var error = Assert.Throws<TrainingException>(() => PhotoHands.Load(folder.At("hands.csv")));
        Assert.Contains("hands.csv, line 2, cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_error_in_words() =>
        Assert.Contains("There is no file nowhere.csv", Assert.Throws<TrainingException>(() => PhotoHands.Load("nowhere.csv")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(30, 0.9f, true)]
    [InlineData(30, 0.3f, false)]
    [InlineData(5, 0.9f, false)]
    public void A_hand_to_learn_from_is_sure_and_large_enough(int pixels, float score, bool shows)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("hands.csv"), FormattableString.Invariant($"{Header}a.jpg,right,{score},{Whole(pixels)}\n"));
        Assert.Equal(shows, PhotoClip.Shows(PhotoHands.Load(folder.At("hands.csv")).In("a.jpg")));
    }

    // A hand of so many pixels from the wrist to its fingers' ends.
    private static string Whole(int pixels) => string.Join(' ', Enumerable.Range(0, HandSight.PointCount).Select(i => $"{i % 4} {100 - (i == 0 ? 0 : pixels)} 0"));
}
