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
        look.TellWeight.zero_();
        look.TellBias.copy_(arange(CloseLook.ToldCount, ScalarType.Float32) / 100);
        look.TellBias[0] = 20; // surely a hand
        look.Points.MapWeight.zero_(); // All points may be anywhere: in the middle.
        var found = zeros(1, HandSight.Count);
        (found[0, 0], found[0, 1], found[0, 2], found[0, 3], found[0, 4], found[0, 13]) = (1, 0.4f, -0.2f, MathF.Log(0.5f), 0.7f, 0.9f);
        var seen = look.See(zeros(1, 3, Size, Size), found).data<float>().ToArray();
        var half = 0.5f * CloseLook.Reach;
        float[] expected =
        [
            1, 0.4f, -0.2f, MathF.Log(half) + 0.01f, 0.7f, 0, 0,
            .. Enumerable.Range(2, 6).Select(i => i / 100f), 0.9f, .. Enumerable.Range(8, 5).Select(i => i / 100f), .. new float[22],
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
        var batch = CloseViews.Draw(clips, dice, count: 200).Complete(new TsmNetwork(5));
        for (var i = 0; i < 200; i++)
        {
            if (batch.Targets[i].Sight is not { Visible: true } sight || MathF.Max(MathF.Abs(sight.Place.X), MathF.Abs(sight.Place.Y)) > 0.9f)
                continue;
            shown++;
            far = MathF.Max(far, Vector2.Distance(sight.Place, Brightest(Square(batch, i))));
        }

        Assert.InRange(shown, 120, 199); // some squares miss
        Assert.True(far < 0.12f, $"A hand is {far} halves of its square away from its target.");
    }

    [Fact]
    public void In_frames_without_a_hand_it_looks_at_what_is_taken_for_one()
    {
        using var folder = new TemporaryFolder();
        using (var file = ClipFile.Create(folder.At("none.clips"), Size))
            file.Append(Spot(_ => (67, 38), _ => HandSight.None(0)));
        using var clips = new ClipFolder([folder.Root]);
        var network = new TsmNetwork(5);
        using (no_grad())
        {
            // It always finds a hand where the spot is.
            network.Sight.LookWeight.zero_();
            network.Sight.LookBias.zero_();
            (network.Sight.LookBias[1], network.Sight.LookBias[2], network.Sight.LookBias[3]) = (67.5f * 2 / Size - 1, 38.5f * 2 / Size - 1, MathF.Log(HandSize));
        }

        var batch = CloseViews.Draw(clips, new Dice(3), count: 100).Complete(network);
        Assert.All(batch.Targets, target => Assert.False(target.Sight!.Visible));
        var near = Enumerable.Range(0, 100).Count(i => Lit(Square(batch, i)) > 20 && Brightest(Square(batch, i)).Length() < 0.7f);
        Assert.InRange(near, 80, 99); // some lie anywhere
    }

    /// <summary>The next squares are drawn on another thread while these are completed, and dice are one thread's at a time.</summary>
    [Fact]
    public void Squares_are_completed_without_the_dice_that_they_were_drawn_with()
    {
        using var folder = new TemporaryFolder();
        using (var file = ClipFile.Create(folder.At("none.clips"), Size))
            file.Append(Spot(_ => (67, 38), _ => HandSight.None(0)));
        using var clips = new ClipFolder([folder.Root]);
        var (left, completed) = (new Dice(3), new Dice(3));
        _ = CloseViews.Draw(clips, left, count: 20);
        CloseViews.Draw(clips, completed, count: 20).Complete(new TsmNetwork(5));
        Assert.Equal(left.Below(int.MaxValue), completed.Below(int.MaxValue));
    }

    [Fact]
    public void It_learns_where_the_hand_is_and_goes_on_learning()
    {
        using var folder = new TemporaryFolder();
        WriteClips(folder.At("clips"), count: 12);
        using var clips = new ClipFolder([folder.At("clips")]);
        random.manual_seed(5);
        var network = new TsmNetwork(5);
        var untrained = Loss(network, clips);
        var settings = Settings(folder) with { CloseSteps = 8 };
        new CloseTrainer(settings, folder.Root, network).Fit(clips);
        var resumed = new TsmNetwork(5);
        new CloseTrainer(settings with { CloseSteps = 40 }, folder.Root, resumed).Fit(clips);
        var trained = Loss(resumed, clips);
        Assert.True(trained < 0.7 * untrained, $"The loss went from {untrained} to {trained}.");
    }

    private static float Loss(TsmNetwork network, ClipFolder clips)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var batch = CloseViews.Draw(clips, new Dice(99), count: 48).Complete(network);
        return SightLoss.Of(network.Close.Look(batch.Input(ScalarType.Float32), 0).Guesses.unsqueeze(2), batch.Targets).item<float>();
    }

    private static FitSettings Settings(TemporaryFolder folder) => new()
    {
        Clips = [folder.At("clips")],
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
        JointSteps = 0,
        FrozenBlocks = 0,
        Seed = 1,
    };

    // Hands that are a bright spot each.
    private static void WriteClips(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        using var file = ClipFile.Create(Path.Combine(folder, "spots.clips"), Size);
        for (var i = 0; i < count; i++)
            file.Append(Spot(t => (20 + 5 * ((i * 7 + t) % 12), 20 + 5 * ((i * 5 + 3 * t) % 12)), place => Hand.At(place, firstPerson: 0).Moved(Matrix3x2.Identity, HandSize / Hand.At(place, firstPerson: 0).Size)));
    }

    // A bright spot on dark ground, and what is said to be there.
    private static StoredClip Spot(Func<int, (int X, int Y)> pixel, Func<Vector2, HandSight> sight)
    {
        var targets = new FrameTarget[ClipRenderer.FrameCount];
        var pixels = new byte[targets.Length * Size * Size * 3];
        Array.Fill(pixels, (byte)60);
        for (var t = 0; t < targets.Length; t++)
        {
            var (x, y) = pixel(t);
            targets[t] = new FrameTarget(2, 1, Phase.Background, sight(new Vector2(x + 0.5f, y + 0.5f) * 2 / Size - Vector2.One));
            for (var j = 0; j < 9; j++)
                pixels.AsSpan(((t * Size + y + j / 3 - 1) * Size + x + j % 3 - 1) * 3, 3).Fill(250);
        }

        return new StoredClip(2, targets, pixels);
    }

    private static ReadOnlySpan<byte> Square(Batch batch, int i)
    {
        const int Bytes = CloseLook.Side * CloseLook.Side * 3;
        return batch.Pixels.AsSpan(i * Bytes, Bytes);
    }

    // By how much the brightest pixel is brighter than the ground, whatever the colours.
    private static int Lit(ReadOnlySpan<byte> square)
    {
        var (least, most) = (255, 0);
        for (var i = 0; i < square.Length; i += 3)
            (least, most) = (Math.Min(least, square[i]), Math.Max(most, square[i]));
        return most - least;
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
