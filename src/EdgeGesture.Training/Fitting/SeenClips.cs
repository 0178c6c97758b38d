using System.Diagnostics;
using System.Numerics.Tensors;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Clips as the network sees them, which is all that the memory learns from. Beside one's own there may be others that a model
/// knows, kept in a file (<see cref="SeenFile"/>): who learns only what is new forgets the rest (McCloskey and Cohen, 1989,
/// Psychology of Learning and Motivation 24), and rehearsing some of it is what helps (Robins, 1995, Connection Science 7).
/// </summary>
public sealed class SeenClips
{
    private const float OwnShare = 0.25f; // of what is learnt from, where others are rehearsed
    private const int MostClips = 7_000;
    private const int ClipsAtOnce = 8;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<SeenClip> _clips; // one's own come first
    private readonly int _own;
    private readonly IReadOnlySet<int> _replaced;

    private SeenClips(IReadOnlyList<SeenClip> clips, int own, IReadOnlySet<int> replaced) => (_clips, _own, _replaced) = (clips, own, replaced);

    private SeenClips(IReadOnlyList<SeenClip> clips)
        : this(clips, clips.Count, new HashSet<int>())
    {
    }

    public int Count => _clips.Count;

    public SeenClip this[int clip] => _clips[clip];

    /// <summary>
    /// Lets the network see each of <paramref name="clips"/> once, and says how far it is. With <paramref name="dice"/> in any order,
    /// of very many some, and each as another camera might have seen it, but not in a mirror: the numbers can be mirrored later.
    /// </summary>
    public static SeenClips See(TsmNetwork network, ClipFolder clips, Dice? dice = null)
    {
        var all = new List<SeenClip>();
        var chosen = Enumerable.Range(0, clips.Count).ToList();
        if (dice is not null)
            chosen = [.. chosen.OrderBy(_ => dice.Between(0, 1)).Take(MostClips)];
        var sinceReported = Stopwatch.StartNew();
        foreach (var group in chosen.Chunk(ClipsAtOnce))
        {
            using var pause = new CollectionPause();
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var some = group.Select(clips.Read).Select(clip => dice is null ? clip : Variation.Random(dice, clips.Size, mayMirror: false).Of(clip)).ToList();
            var batch = Batch.Of(some, clips.Size);
            var seen = network.See(batch.Input(TrainingDevice.NumberType), some.Count).reshape(-1, some.Count, HandSight.Count).cpu();
            for (var i = 0; i < some.Count; i++)
                all.Add(new SeenClip(some[i].Label, some[i].Targets, seen.select(1, i).contiguous().data<float>().ToArray()));
            if (sinceReported.Elapsed < ReportEvery)
                continue;
            Console.WriteLine($"seen {all.Count} of {chosen.Count} clips");
            sinceReported.Restart();
        }

        return new SeenClips(all);
    }

    /// <summary>What the looks of <paramref name="network"/> saw before.</summary>
    /// <exception cref="TrainingException">There is no such file, other looks saw its clips, or it is not complete.</exception>
    public static SeenClips Load(string path, TsmNetwork network) => new(SeenFile.Read(path, network.LooksHash()));

    /// <summary>Keeps what the looks of <paramref name="network"/> saw in a file.</summary>
    public void Save(string path, TsmNetwork network) => SeenFile.Write(path, network.LooksHash(), _clips);

    /// <summary>Those that show none of the labels <paramref name="replaced"/>, and never will in a mirror.</summary>
    public SeenClips Without(IReadOnlySet<int> replaced)
    {
        var kept = _clips.Where(clip => !replaced.Contains(clip.Label)).ToList();
        return new SeenClips(kept, kept.Count, replaced);
    }

    /// <summary>These, as one's own, and those of <paramref name="known"/> to rehearse beside them.</summary>
    public SeenClips Beside(SeenClips known) => new([.. _clips, .. known._clips], Count, known._replaced);

    /// <summary>A clip to learn from.</summary>
    public int Draw(Dice dice)
    {
        if (_own == Count)
            return dice.Below(Count);
        return dice.Chance(OwnShare) ? dice.Below(_own) : _own + dice.Below(Count - _own);
    }

    /// <summary>
    /// Whether left and right may change places in a clip: where others are rehearsed, not in one's own, whose mirror image may be
    /// another gesture, and not in what would then be a gesture that was replaced.
    /// </summary>
    public bool MayMirror(int clip) => (_own == Count || clip >= _own) && !_replaced.Contains(GestureBook.MirroredIndex(_clips[clip].Label));

    /// <summary>The numbers at a place between two frames of a clip.</summary>
    public void At(int clip, float place, Span<float> values)
    {
        var frame = Math.Min((int)place, ClipRenderer.FrameCount - 2);
        var seen = _clips[clip].Numbers.AsSpan(frame * HandSight.Count, 2 * HandSight.Count);
        TensorPrimitives.Lerp<float>(seen[..HandSight.Count], seen[HandSight.Count..], place - frame, values);
    }

    /// <summary>The standard deviation of each of the 41 numbers, never near 0.</summary>
    public float[] Spread()
    {
        const double Least = 0.05;
        var spread = new float[HandSight.Count];
        for (var i = 0; i < HandSight.Count; i++)
        {
            var (sum, squares, count) = (0.0, 0.0, 0);
            foreach (var seen in _clips.Select(clip => clip.Numbers))
            {
                for (var at = i; at < seen.Length; at += HandSight.Count, count++)
                    (sum, squares) = (sum + seen[at], squares + (double)seen[at] * seen[at]);
            }

            var mean = sum / count;
            spread[i] = (float)(Math.Sqrt(Math.Max(squares / count - mean * mean, 0)) + Least);
        }

        return spread;
    }
}
