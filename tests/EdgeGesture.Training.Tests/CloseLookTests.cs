using System.Numerics;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

/// <summary>The second look: where its square lies, and the squares that it learns from.</summary>
public class CloseLookTests
{
    private const int Size = 96;
    private const float HandSize = 0.6f;

    [Fact]
    public void What_it_sees_is_told_in_places_of_the_picture()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var look = new CloseLook();
        look.LookWeight.zero_();
        look.LookBias.copy_(arange(HandSight.Count, ScalarType.Float32) / 100);
        look.LookBias[0] = 20; // surely a hand
        var found = zeros(1, HandSight.Count);
        (found[0, 0], found[0, 1], found[0, 2], found[0, 3], found[0, 4], found[0, 13]) = (1, 0.4f, -0.2f, MathF.Log(0.5f), 0.7f, 0.9f);
        var seen = look.See(zeros(1, 3, Size, Size), found).data<float>().ToArray();
        var half = 0.5f * CloseLook.Reach;
        float[] expected =
        [
            1, 0.4f + 0.01f * half, -0.2f + 0.02f * half, MathF.Log(half) + 0.03f, 0.7f, 0, 0,
            .. Enumerable.Range(7, 6).Select(i => i / 100f), 0.9f, .. Enumerable.Range(14, HandSight.Count - 14).Select(i => i / 100f),
        ];
        Assert.All(expected.Zip(seen), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));

        found[0, 0] = 0.25f; // The first look doubts it.
        var doubted = look.See(zeros(1, 3, Size, Size), found).data<float>().ToArray();
        Assert.All(expected.Zip(doubted), pair => Assert.Equal(pair.First / 4, pair.Second, 1e-4f));
    }

    [Fact]
    public void It_looks_where_the_hand_was_found()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(4);
        var look = new CloseLook();
        var found = zeros(2, HandSight.Count);
        found[TensorIndex.Colon, 0] = 1;
        found[TensorIndex.Colon, 3] = MathF.Log(0.3f);
        found[1, 1] = 0.5f;
        var dark = zeros(2, 3, Size, Size);
        var lit = zeros(2, 3, Size, Size);
        lit[TensorIndex.Colon, TensorIndex.Colon, Size / 2, Size * 3 / 4] = 5; // at (0.5, 0): within the second square, beyond the first
        var (before, after) = (look.See(dark, found), look.See(lit, found));
        Assert.True(allclose(before[0], after[0]));
        Assert.False(allclose(before[1], after[1]));
    }

    [Fact]
    public void A_square_shows_the_hand_where_its_target_says()
    {
        using var folder = new TemporaryFolder();
        WriteClips(folder.Root, count: 6);
        using var clips = new ClipFolder([folder.Root]);
        var dice = new Dice(7);
        var (shown, far) = (0, 0f);
        var batch = CloseViews.Draw(clips, dice, count: 200);
        for (var i = 0; i < 200; i++)
        {
            var pixels = batch.Pixels.AsSpan(i * CloseLook.Side * CloseLook.Side * 3, CloseLook.Side * CloseLook.Side * 3);
            if (batch.Targets[i].Sight is not { Visible: true } sight || MathF.Max(MathF.Abs(sight.Place.X), MathF.Abs(sight.Place.Y)) > 0.9f)
                continue;
            shown++;
            far = MathF.Max(far, Vector2.Distance(sight.Place, Brightest(pixels)));
        }

        Assert.InRange(shown, 120, 199); // some squares miss
        Assert.True(far < 0.12f, $"A hand is {far} halves of its square away from its target.");
    }

    [Fact]
    public void It_learns_where_the_hand_is_and_goes_on_learning()
    {
        using var folder = new TemporaryFolder();
        WriteClips(folder.At("clips"), count: 12);
        using var clips = new ClipFolder([folder.At("clips")]);
        random.manual_seed(5);
        var look = new CloseLook();
        var untrained = Loss(look, clips);
        var settings = Settings(folder) with { CloseSteps = 8 };
        new CloseTrainer(settings, folder.Root, look).Fit(clips);
        var resumed = new CloseLook();
        new CloseTrainer(settings with { CloseSteps = 40 }, folder.Root, resumed).Fit(clips);
        var trained = Loss(resumed, clips);
        Assert.True(trained < 0.7 * untrained, $"The loss went from {untrained} to {trained}.");
    }

    private static float Loss(CloseLook look, ClipFolder clips)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var batch = CloseViews.Draw(clips, new Dice(99), count: 48);
        return SightLoss.Of(look.Look(batch.Input(ScalarType.Float32), 0).unsqueeze(2), batch.Targets).item<float>();
    }

    private static FitSettings Settings(TemporaryFolder folder) => new()
    {
        Clips = [folder.At("clips")],
        Traces = [],
        Validation = [],
        Init = "",
        Size = Size,
        Steps = 0,
        CloseSteps = 0,
        Labels = [],
        BatchClips = 4,
        Frames = 4,
        LearningRate = 1e-3,
        HeadFactor = 3,
        HeadSteps = 0,
        FrozenBlocks = 0,
        Seed = 1,
    };

    // A bright spot on dark ground, and the hand is said to be there.
    private static void WriteClips(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        using var file = ClipFile.Create(Path.Combine(folder, "spots.clips"), Size);
        for (var i = 0; i < count; i++)
        {
            var targets = new FrameTarget[ClipRenderer.FrameCount];
            var pixels = new byte[targets.Length * Size * Size * 3];
            Array.Fill(pixels, (byte)60);
            for (var t = 0; t < targets.Length; t++)
            {
                var (x, y) = (20 + 5 * ((i * 7 + t) % 12), 20 + 5 * ((i * 5 + 3 * t) % 12));
                var place = new Vector2(x + 0.5f, y + 0.5f) * 2 / Size - Vector2.One;
                targets[t] = new FrameTarget(2, 1, Phase.Background, Hand.At(place, firstPerson: 0).Moved(Matrix3x2.Identity, HandSize / Hand.At(place, firstPerson: 0).Size));
                for (var j = 0; j < 9; j++)
                    pixels.AsSpan(((t * Size + y + j / 3 - 1) * Size + x + j % 3 - 1) * 3, 3).Fill(250);
            }

            file.Append(new StoredClip(2, targets, pixels));
        }
    }

    private static Vector2 Brightest(ReadOnlySpan<byte> square)
    {
        var (sum, weight) = (Vector2.Zero, 0f);
        var most = 0;
        foreach (var value in square)
            most = Math.Max(most, value);
        for (var i = 0; i < square.Length; i += 3)
        {
            if (square[i] < most * 3 / 4)
                continue;
            sum += new Vector2(i / 3 % CloseLook.Side + 0.5f, i / 3 / CloseLook.Side + 0.5f);
            weight++;
        }

        return sum / weight * 2 / CloseLook.Side - Vector2.One;
    }
}
