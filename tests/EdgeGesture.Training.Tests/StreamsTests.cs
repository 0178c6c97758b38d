using EdgeGesture.Models;
using EdgeGesture.Training.Streams;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>Events on long streams, from scores made by hand.</summary>
public class StreamsTests
{
    private const int ClipFrames = 20;

    private static readonly ModelMetadata Model = new()
    {
        Labels = JesterVocabulary.Labels,
        Size = 32,
        Mean = [0.5f, 0.5f, 0.5f],
        Std = [0.5f, 0.5f, 0.5f],
        CadenceFps = 10,
        Thresholds = new Dictionary<string, float>(),
        Background = JesterVocabulary.Background,
        Version = "test",
        Licence = "MIT",
    };

    [Fact]
    public void Thresholds_rise_until_background_gives_one_event_an_hour()
    {
        // An hour: "Stop Sign" is claimed at 0.6 every minute and once at 0.98, "Thumb Up" never.
        var clips = new string?[1800];
        for (var i = 0; i < clips.Length; i += 30)
            clips[i] = "Stop Sign";
        var stream = Stream(clips, i => i == 300 ? 0.98f : 0.6f);
        var before = new Dictionary<string, float> { ["Stop Sign"] = 0.4f, ["Thumb Up"] = 0.4f };
        Assert.Equal(60, stream.Events(before).Count);
        var (thresholds, events) = FalseEventCalibration.Of(stream, before);
        Assert.Equal(1, events);
        Assert.InRange(thresholds["Stop Sign"], 0.6f, 0.98f);
        Assert.Equal(0.4f, thresholds["Thumb Up"]);
        Assert.Equal(0.4f, before["Stop Sign"]);
    }

    [Fact]
    public void Less_than_an_hour_must_give_none()
    {
        var stream = Stream([null, "Stop Sign", null], _ => 0.8f);
        var (thresholds, events) = FalseEventCalibration.Of(stream, new Dictionary<string, float> { ["Stop Sign"] = 0.4f });
        Assert.Equal(0, events);
        Assert.True(thresholds["Stop Sign"] > 0.7f);
    }

    [Fact]
    public void A_gesture_counts_once_and_while_it_is_made()
    {
        // Right, missed, wrong label, and an event where nothing is.
        string?[] shown = ["Thumb Up", "Thumb Up", "Stop Sign", null];
        string?[] said = ["Thumb Up", null, "Thumb Down", "Stop Sign"];
        var score = Score(Stream(said, _ => 0.9f) with { Targets = Targets(shown) });
        Assert.Equal(new StreamScore(Right: 1, Missed: 2, Wrong: 2), score);
        Assert.Equal(1 / 3.0, score.F1, 3);
    }

    [Fact]
    public void Two_performances_in_a_clip_are_two()
    {
        var stream = Stream(["Thumb Up", "Thumb Up"], _ => 0.9f);
        Assert.Equal(new StreamScore(Right: 2, Missed: 0, Wrong: 0), Score(stream with { ClipFrames = 2 * ClipFrames }));
    }

    [Fact]
    public void What_nobody_could_tell_is_neither_missed_nor_wrong()
    {
        var stream = Stream(["Thumb Up", null], _ => 0.9f);
        var targets = stream.Targets.Select(target => target.Phase == Phase.Stroke ? target with { Label = FrameTarget.EitherBackground, Weight = 0 } : target);
        Assert.Equal(new StreamScore(Right: 0, Missed: 0, Wrong: 0), Score(stream with { Targets = [.. targets] }));
    }

    [Theory]
    [InlineData(8, null)] // Its frames 5, 6 and 7.
    [InlineData(10, "Thumb Up")]
    public void A_gesture_that_a_clip_cuts_off_counts_if_enough_of_it_is_seen(int clipFrames, string? label)
    {
        var stream = Stream(["Thumb Up"], _ => 0.9f) with { ClipFrames = clipFrames };
        Assert.Equal([label, "Thumb Up"], Performance.In(stream).Select(performance => performance.Label));
    }

    private static StreamScore Score(ClipStream stream) => StreamScore.Of(
        stream, stream.Events(new Dictionary<string, float> { ["Thumb Up"] = 0.5f, ["Thumb Down"] = 0.5f, ["Stop Sign"] = 0.5f }));

    // Each clip claims its label from its 5th to its 15th frame, as surely as told; otherwise "No gesture".
    private static ClipStream Stream(string?[] clips, Func<int, float> probability)
    {
        var scores = new List<float[]>();
        for (var i = 0; i < clips.Length; i++)
        {
            for (var t = 0; t < ClipFrames; t++)
            {
                var frame = new float[Model.Labels.Count];
                Array.Fill(frame, -30);
                frame[IndexOf(null)] = 0;
                if (clips[i] is not null && t is >= 5 and < 15)
                    frame[IndexOf(clips[i])] = MathF.Log(probability(i) / (1 - probability(i)));
                scores.Add(frame);
            }
        }

        return new ClipStream(Model, ClipFrames, Targets(clips), scores);
    }

    // Each clip shows its label from its 5th to its 15th frame.
    private static List<FrameTarget> Targets(string?[] clips) =>
    [
        .. clips.SelectMany(clip => Enumerable.Range(0, ClipFrames).Select(t => clip is not null && t is >= 5 and < 15
            ? new FrameTarget(IndexOf(clip), 1, Phase.Stroke)
            : new FrameTarget(FrameTarget.EitherBackground, 1, Phase.Background))),
    ];

    private static byte IndexOf(string? label) => (byte)GestureBook.IndexOf(label ?? JesterVocabulary.NoGesture);
}
