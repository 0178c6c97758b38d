using EdgeGesture.Models;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class ClipRendererTests
{
    [Fact]
    public void The_same_seed_gives_the_same_clip_and_another_seed_another()
    {
        var sources = Material.Open();
        var first = new ClipRenderer(sources).Render("Swiping Left", 7);
        var again = new ClipRenderer(sources).Render("Swiping Left", 7);
        var other = new ClipRenderer(sources).Render("Swiping Left", 8);
        Assert.Equal(first.Targets, again.Targets);
        Assert.Equal(first.Frames.SelectMany(f => f), again.Frames.SelectMany(f => f));
        Assert.NotEqual(first.Frames.SelectMany(f => f), other.Frames.SelectMany(f => f));
    }

    [Fact]
    public void Every_label_can_be_made_and_is_taught_in_most_clips()
    {
        var renderer = new ClipRenderer(Material.Open(hands: false));
        for (byte label = 0; label < JesterVocabulary.Labels.Count; label++)
        {
            var clip = renderer.Render(JesterVocabulary.Labels[label], 1000 + label);
            Assert.Equal(ClipRenderer.FrameCount, clip.Frames.Count);
            Assert.All(clip.Frames, frame => Assert.Equal(Picture.Width * Picture.Height * 3, frame.Length));
            Assert.All(clip.Targets, t => Assert.True(t.Label == label || t.Label == FrameTarget.EitherBackground));

            var traces = Enumerable.Range(0, 12).Select(seed => renderer.Trace(JesterVocabulary.Labels[label], 1000 + label * 20 + seed)).ToList();
            Assert.All(traces, trace => Assert.Equal(ClipRenderer.FrameCount, trace.Targets.Count));
            Assert.All(traces.SelectMany(trace => trace.Targets), t => Assert.True(t.Label == label || t.Label == FrameTarget.EitherBackground));
            Assert.All(traces.SelectMany(trace => trace.Targets), t => Assert.NotNull(t.Sight));
            var taught = traces.Count(trace => trace.Targets.Any(t => t.Label == label && t.Weight > 0));
            Assert.True(taught >= 6, $"{JesterVocabulary.Labels[label]} is taught in {taught} of 12 clips.");
        }
    }

    /// <summary>Once some labels were never seen by a camera that looks along, as one number chose both.</summary>
    [Fact]
    public void What_a_clip_shows_says_nothing_of_how_it_is_seen()
    {
        var renderer = new ClipRenderer(Material.Open(hands: false));
        var first = new Dictionary<string, List<float>>();
        var second = new Dictionary<string, List<float>>();
        for (var i = 0; i < 5000; i++)
        {
            var seed = i * 7919;
            var dice = new Dice(seed); // which the clip is made of
            var label = renderer.Draw(seed)!;
            Add(first, label, dice.Between(0, 1));
            Add(second, label, dice.Between(0, 1));
        }

        Assert.Equal(JesterVocabulary.Labels.Count, first.Count);
        Assert.All(first.Values.Concat(second.Values), numbers => Assert.InRange(numbers.Average(), 0.37f, 0.63f));

        static void Add(Dictionary<string, List<float>> all, string label, float number)
        {
            if (!all.TryGetValue(label, out var numbers))
                all[label] = numbers = [];
            numbers.Add(number);
        }
    }

    [Theory]
    [InlineData("Swiping Left", 1)]
    [InlineData("Swiping Right", -1)]
    public void Before_a_camera_that_faces_them_people_swipe_left_towards_the_pictures_right(string label, int sign)
    {
        // The hand's way through the picture while the gesture is on, over many clips from in front.
        var renderer = new ClipRenderer(Material.Open(hands: false));
        var motions = Enumerable.Range(0, 12)
            .Select(seed => renderer.Trace(label, seed))
            .SelectMany(clip => clip.Targets)
            .Where(t => t.Phase == Phase.Stroke && t.Weight > 0 && t.Sight is { Visible: true, FirstPerson: 0 })
            .Select(t => t.Sight!.Motion.X)
            .ToList();
        Assert.NotEmpty(motions);
        Assert.True(motions.Average() * sign > 0.1);
    }

    /// <summary>Once all photographed hands were said to be seen from in front, and real hands were told to be that by their being real.</summary>
    [Fact]
    public void A_photographed_hand_does_not_say_whose_eyes_see_it()
    {
        var clip = new ClipRenderer(Material.Open(hands: false, photoHands: Material.PhotoHands)).RenderPhoto(3);
        var sights = clip.Targets.Select(target => target.Sight!).Where(sight => sight.Visible).ToList();
        Assert.NotEmpty(sights);
        Assert.All(sights, sight => Assert.True(float.IsNaN(sight.FirstPerson)));
    }

    [Fact]
    public void Held_out_photos_are_never_among_those_to_learn_from()
    {
        var learn = Material.Open(hands: false).Photos;
        var keep = Material.Open(heldOut: true, hands: false).Photos;
        Assert.NotEmpty(keep);
        Assert.Empty(learn.Intersect(keep));
    }
}
