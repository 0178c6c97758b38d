using CsCheck;
using EdgeGesture.Recognition;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests.Recognition;

public class GestureDecoderTests
{
    private const int Nothing = 0;
    private const int Left = 1;
    private const int Right = 2;
    private const double PeriodSeconds = 0.1;

    private static readonly Gen<float[][]> Streams = Gen.Float[-8, 8].Array[3].Array[1, 120];

    [Fact]
    public void A_gesture_fires_once_with_its_onset_before_it()
    {
        var events = Play(Segments((Nothing, 10), (Left, 12), (Nothing, 10)));
        var gesture = Assert.Single(events);
        Assert.Equal("Left", gesture.Gesture);
        Assert.InRange(gesture.Start.TotalSeconds, 1.0, gesture.Fire.TotalSeconds);
        Assert.InRange(gesture.Fire.TotalSeconds, 1.0, 1.5);
        Assert.Equal(gesture.Fire.TotalSeconds, gesture.Frame * PeriodSeconds, 6);
    }

    [Fact]
    public void A_gesture_that_is_held_for_ever_fires_once() => Assert.Single(Play(Segments((Nothing, 5), (Left, 300))));

    [Fact]
    public void The_way_back_right_after_a_gesture_does_not_fire() =>
        Assert.Equal(["Left"], Play(Segments((Nothing, 5), (Left, 6), (Right, 4), (Nothing, 20))).Select(gesture => gesture.Gesture));

    [Fact]
    public void Two_gestures_apart_both_fire() =>
        Assert.Equal(["Left", "Right", "Left"], Play(Segments((Left, 8), (Nothing, 12), (Right, 8), (Nothing, 12), (Left, 8))).Select(gesture => gesture.Gesture));

    [Fact]
    public void Background_wins_by_default() => Assert.Empty(Play(Segments((Nothing, 100))));

    [Fact]
    public void One_stray_frame_is_smoothed_away() => Assert.Empty(Play(Segments((Nothing, 20), (Left, 1), (Nothing, 20)), new DecoderOptions { SmoothingSeconds = 0.3 }));

    [Fact]
    public void Half_the_cadence_gives_the_same_gestures_at_about_the_same_time()
    {
        var scores = Segments((Nothing, 20), (Left, 12), (Nothing, 20), (Right, 12), (Nothing, 10));
        var full = Play(scores);
        var half = Play([.. scores.Where((_, i) => i % 2 == 0)], periodSeconds: 2 * PeriodSeconds);
        Assert.Equal(full.Select(gesture => gesture.Gesture), half.Select(gesture => gesture.Gesture));
        Assert.All(full.Zip(half), pair => Assert.InRange((pair.Second.Fire - pair.First.Fire).TotalSeconds, -0.2, 0.2));
    }

    [Fact]
    public void No_event_without_its_label_above_threshold() => Streams.Sample(scores =>
        Assert.All(Play(scores), gesture =>
        {
            Assert.InRange(gesture.Confidence, 0.6f, 1f);
            var label = gesture.Gesture == "Left" ? Left : Right;
            Assert.Contains(scores.Take((int)gesture.Frame + 1), frame => Softmax(frame)[label] >= 0.6f);
        }));

    [Fact]
    public void Never_two_events_within_the_refractory_time() => Streams.Sample(scores =>
    {
        var events = Play(scores, new DecoderOptions { SmoothingSeconds = 0.05, RefractorySeconds = 0.7 });
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True(pair.Second.Fire - pair.First.Fire >= TimeSpan.FromSeconds(0.7)));
    });

    [Fact]
    public void The_same_input_gives_the_same_events() => Streams.Sample(scores => Assert.Equal(Play(scores), Play(scores)));

    [Fact]
    public void A_reset_decoder_is_as_new() => Streams.Sample(scores =>
    {
        var decoder = new GestureDecoder(TestModel.Metadata(), new DecoderOptions());
        var first = Play(scores, decoder);
        decoder.Reset();
        Assert.Equal(first, Play(scores, decoder));
    });

    [Fact]
    public void An_ignored_label_never_fires() =>
        Streams.Sample(scores => Assert.DoesNotContain(Play(scores, new DecoderOptions { Ignore = ["Left"] }), gesture => gesture.Gesture == "Left"));

    [Fact]
    public void A_threshold_of_the_configuration_replaces_the_model_s()
    {
        var scores = Segments((Nothing, 5), (Left, 10));
        Assert.Empty(Play(scores, new DecoderOptions { Thresholds = new Dictionary<string, double> { ["Left"] = 0.9999 } }));
    }

    [Fact]
    public void A_label_that_the_model_does_not_know_is_refused()
    {
        var error = Assert.Throws<EdgeGestureException>(() => new GestureDecoder(TestModel.Metadata(), new DecoderOptions { Ignore = ["Wave"] }));
        Assert.Contains("\"Wave\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing, Left, Right", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_per_step()
    {
        var decoder = new GestureDecoder(TestModel.Metadata(), new DecoderOptions());
        float[] scores = [0, 5, 0];
        decoder.Step(scores, TimeSpan.Zero, 0, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 100; i++)
        {
            decoder.Step(scores, TimeSpan.FromSeconds(i), i, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[][] Segments(params (int Label, int Frames)[] segments) =>
        [.. segments.SelectMany(segment => Enumerable.Repeat(Enumerable.Range(0, 3).Select(i => i == segment.Label ? 4f : 0f).ToArray(), segment.Frames))];

    private static float[] Softmax(float[] scores)
    {
        var exponentials = scores.Select(MathF.Exp).ToArray();
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    private static List<GestureEvent> Play(float[][] scores, DecoderOptions? options = null, double periodSeconds = PeriodSeconds) =>
        Play(scores, new GestureDecoder(TestModel.Metadata(), options ?? new DecoderOptions()), periodSeconds);

    private static List<GestureEvent> Play(float[][] scores, GestureDecoder decoder, double periodSeconds = PeriodSeconds)
    {
        var events = new List<GestureEvent>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (decoder.Step(scores[i], TimeSpan.FromSeconds(i * periodSeconds), i, out var gesture))
            {
                events.Add(gesture);
            }
        }

        return events;
    }
}
