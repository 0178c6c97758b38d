using System.CommandLine;
using EdgeGesture.Models;
using EdgeGesture.Training.Commands;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>What the network sees in clips, how it is kept in a file, and how others are rehearsed beside one's own.</summary>
public class SeenClipsTests
{
    private static readonly TsmNetwork Network = Untrained(1);

    [Fact]
    public void It_is_what_the_network_sees()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.Root, count: 10);
        using var clips = new ClipFolder([folder.Root]);
        var seen = SeenClips.See(Network, clips);
        Assert.Equal(10, seen.Count);
        using var quiet = no_grad();
        var expected = Network.See(Batch.Of([TinyClips.Clip(9)], TinyClips.Size).Input(TrainingDevice.NumberType), clips: 1);
        Assert.True(allclose(expected, tensor(seen[9].Numbers).reshape(-1, HandSight.Count), rtol: 0.02, atol: 1e-3));
        var between = new float[HandSight.Count];
        seen.At(9, 7.5f, between);
        Assert.Equal((seen[9].Numbers[7 * HandSight.Count + 1] + seen[9].Numbers[8 * HandSight.Count + 1]) / 2, between[1], 1e-5f);
    }

    [Fact]
    public void Pictures_of_another_size_than_the_models_are_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.Root, count: 1);
        OnnxExporter.Export(Network, 2 * TinyClips.Size, new ModelCardFacts("test", "MIT", new Dictionary<string, float>()), folder.At("model.onnx"));
        var see = SeeCommand.Create().Parse(["--model", folder.At("model.onnx"), "--clips", folder.Root, "--out", folder.At("some.seen")]);
        var refusal = Refusal(() => see.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.Contains("takes pictures of 64 pixels a side", refusal, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("some.seen")));
    }

    [Fact]
    public void It_comes_back_from_its_file_for_the_same_looks_alone()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("some.seen");
        var seen = Some(folder, "Thumb Up", JesterVocabulary.DoingOtherThings);
        seen.Save(file, Network);
        var loaded = SeenClips.Load(file, Network);
        Assert.Equal(2, loaded.Count);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(seen[i].Label, loaded[i].Label);
            Assert.Equal(seen[i].Targets, loaded[i].Targets);
            Assert.All(seen[i].Numbers.Zip(loaded[i].Numbers), pair => Assert.Equal((float)(Half)pair.First, pair.Second));
        }

        var remembersOtherwise = Untrained(1);
        using (no_grad())
            remembersOtherwise.Head.Projection.weight!.add_(1);
        Assert.Equal(2, SeenClips.Load(file, remembersOtherwise).Count);
        Assert.Contains("other looks", Refusal(() => SeenClips.Load(file, Untrained(2))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_cut_off_or_something_else_is_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("some.seen");
        Assert.Contains("edgegesture-train see", Refusal(() => SeenClips.Load(file, Network)), StringComparison.Ordinal);
        Some(folder, "Thumb Up", "Thumb Up", "Thumb Up").Save(file, Network);
        var whole = File.ReadAllBytes(file);
        for (var length = 0; length < whole.Length - 1; length += 50)
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Contains("not a complete file of seen clips", Refusal(() => SeenClips.Load(file, Network)), StringComparison.Ordinal);
        }

        File.WriteAllText(file, "seen nothing");
        Assert.Contains("not a complete file of seen clips", Refusal(() => SeenClips.Load(file, Network)), StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_ones_own_clips_others_are_rehearsed()
    {
        using var folder = new TemporaryFolder();
        var own = Some(folder, "Thumb Up", JesterVocabulary.DoingOtherThings);
        var both = own.Beside(Some(folder, "Thumb Up", "Stop Sign", "Thumb Down", JesterVocabulary.DoingOtherThings).Without(Indices("Thumb Up")));
        string[] expected = ["Thumb Up", JesterVocabulary.DoingOtherThings, "Stop Sign", "Thumb Down", JesterVocabulary.DoingOtherThings];
        Assert.Equal(expected, Enumerable.Range(0, both.Count).Select(i => JesterVocabulary.Labels[both[i].Label]));

        // One's own are a quarter of what is learnt from, however few they are.
        const int Draws = 4000;
        var dice = new Dice(3);
        var drawn = Enumerable.Range(0, Draws).Select(_ => both.Draw(dice)).CountBy(clip => clip).ToDictionary();
        Assert.InRange(drawn[0] + drawn[1], Draws * 0.22, Draws * 0.28);
        Assert.All(Enumerable.Range(2, 3), clip => Assert.InRange(drawn[clip], Draws * 0.22, Draws * 0.28));
    }

    [Fact]
    public void Where_nothing_is_rehearsed_all_clips_are_drawn_alike()
    {
        using var folder = new TemporaryFolder();
        var seen = Some(folder, "Thumb Up", "Stop Sign", "Thumb Down", "Swiping Left");
        var dice = new Dice(4);
        Assert.All(Enumerable.Range(0, 4000).CountBy(_ => seen.Draw(dice)), clip => Assert.InRange(clip.Value, 880, 1120));
        Assert.True(seen.MayMirror(3));
    }

    [Fact]
    public void No_mirror_image_takes_the_name_of_a_gesture_that_was_replaced()
    {
        using var folder = new TemporaryFolder();
        var both = Some(folder, "Swiping Left", "Thumb Up").Beside(Some(folder, "Swiping Right", "Sliding Two Fingers Right", "Stop Sign").Without(Indices("Swiping Left")));
        Assert.Equal([false, false, false, true, true], Enumerable.Range(0, both.Count).Select(both.MayMirror));
    }

    [Fact]
    public void Beside_what_is_rehearsed_a_memory_learns_what_is_new_and_keeps_the_rest_and_alone_forgets_it()
    {
        using var folder = new TemporaryFolder();
        var known = Showing(folder, ("Thumb Up", [1, 0, 0, 0, 0]), ("Thumb Down", [0, 0, 1, 1, 1]));
        var own = Showing(folder, ("Stop Sign", [1, 1, 1, 1, 1]));
        random.manual_seed(5);
        var head = new RecurrentHead(HandSight.Count, JesterVocabulary.Labels.Count);
        new HeadTrainer(own.Beside(known)).Fit(head, new Dice(1), steps: 110);
        Assert.Equal(["Thumb Up", "Thumb Down", "Stop Sign"], new[] { known[0], known[1], own[0] }.Select(clip => ToldLast(head, clip)));
        new HeadTrainer(own).Fit(head, new Dice(2), steps: 50);
        Assert.Equal("Stop Sign", ToldLast(head, known[1]));
    }

    private static string ToldLast(RecurrentHead head, SeenClip clip)
    {
        using var quiet = no_grad();
        var scores = head.Forward(tensor(clip.Numbers).reshape(-1, HandSight.Count), clips: 1);
        return JesterVocabulary.Labels[(int)scores[^1].argmax().item<long>()];
    }

    // Clips in which a hand is surely seen whose fingers are straight or not (1 or 0), and which show a label.
    private static SeenClips Showing(TemporaryFolder folder, params (string Label, float[] Fingers)[] clips) => Load(folder, [.. clips.Select(clip =>
    {
        var firstFinger = Enumerable.Range(0, HandSight.Count).First(HandSight.IsOfFinger);
        var numbers = new float[ClipRenderer.FrameCount * HandSight.Count];
        for (var at = 0; at < numbers.Length; at += HandSight.Count)
        {
            numbers[at] = 1;
            clip.Fingers.CopyTo(numbers, at + firstFinger);
        }

        return Clip(clip.Label, numbers);
    })]);

    private static SeenClips Some(TemporaryFolder folder, params string[] labels)
    {
        var random = new Random(7);
        return Load(folder, [.. labels.Select(label =>
            Clip(label, [.. Enumerable.Range(0, ClipRenderer.FrameCount * HandSight.Count).Select(_ => random.NextSingle() * 2 - 1)]))]);
    }

    private static SeenClip Clip(string label, float[] numbers)
    {
        var index = (byte)GestureBook.IndexOf(label);
        return new SeenClip(index, [.. Enumerable.Repeat(new FrameTarget(index, 1, Phase.Stroke), ClipRenderer.FrameCount)], numbers);
    }

    private static SeenClips Load(TemporaryFolder folder, IReadOnlyList<SeenClip> clips)
    {
        SeenFile.Write(folder.At("made.seen"), Network.LooksHash(), clips);
        return SeenClips.Load(folder.At("made.seen"), Network);
    }

    private static TsmNetwork Untrained(int seed)
    {
        random.manual_seed(seed);
        return new TsmNetwork(JesterVocabulary.Labels.Count);
    }

    private static HashSet<int> Indices(params string[] labels) => [.. labels.Select(GestureBook.IndexOf)];

    private static string Refusal(Action act) => Assert.Throws<TrainingException>(act).Message;
}
