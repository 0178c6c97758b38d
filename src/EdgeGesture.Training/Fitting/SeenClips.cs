using System.Numerics.Tensors;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Clips as the network sees them: the 41 numbers of <see cref="HandSight"/> in each frame, all of them times the
/// probability that there is a hand. Of clips without pictures these are as much of the true numbers as the network sees of
/// each (a line fitted to all that it saw), with what it strays from that in some clip with pictures.
/// </summary>
public sealed class SeenClips
{
    private const int MostClips = 7_000;
    private const int ClipsAtOnce = 8;

    private readonly List<StoredClip> _clips = []; // without their pictures
    private readonly List<float[]> _seen = []; // of each clip frames×41

    private SeenClips()
    {
    }

    public int Count => _clips.Count;

    public StoredClip this[int clip] => _clips[clip];

    /// <summary>
    /// Lets the network see each of <paramref name="clips"/> once, as another camera might have; of very many, some. Then
    /// imagines <paramref name="traces"/>.
    /// </summary>
    /// <exception cref="TrainingException">Of a trace it is not known where the hand is.</exception>
    public static SeenClips See(TsmNetwork network, ClipFolder clips, ClipFolder? traces, Dice dice)
    {
        var all = new SeenClips();
        var chosen = Enumerable.Range(0, clips.Count).OrderBy(_ => dice.Between(0, 1)).Take(MostClips);
        foreach (var group in chosen.Chunk(ClipsAtOnce))
        {
            using var pause = new CollectionPause();
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var some = group.Select(i => Variation.Random(dice, clips.Size).Of(clips.Read(i))).ToList();
            var batch = Batch.Of(some, clips.Size);
            var seen = network.See(batch.Input(TrainingDevice.NumberType), some.Count).reshape(-1, some.Count, HandSight.Count).cpu();
            for (var i = 0; i < some.Count; i++)
            {
                all._clips.Add(some[i] with { Pixels = [] });
                all._seen.Add(seen.select(1, i).contiguous().data<float>().ToArray());
            }
        }

        var withPictures = all.Count;
        var lines = traces is null ? [] : all.Lines();
        for (var i = 0; i < (traces?.Count ?? 0); i++)
        {
            var trace = traces!.Read(i) with { Pixels = [] };
            if (trace.Targets.Any(target => target.Sight is null))
                throw new TrainingException("--traces takes clips of which it is known where the hand is; make some with `edgegesture-train synth --traces`.");
            all._seen.Add(all.Imagine(trace, dice.Below(withPictures), lines));
            all._clips.Add(trace);
        }

        return all;
    }

    /// <summary>The numbers at a place between two frames of a clip.</summary>
    public void At(int clip, float place, Span<float> values)
    {
        var frame = Math.Min((int)place, ClipRenderer.FrameCount - 2);
        var seen = _seen[clip].AsSpan(frame * HandSight.Count, 2 * HandSight.Count);
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
            foreach (var seen in _seen)
            {
                for (var at = i; at < seen.Length; at += HandSight.Count, count++)
                    (sum, squares) = (sum + seen[at], squares + (double)seen[at] * seen[at]);
            }

            var mean = sum / count;
            spread[i] = (float)(Math.Sqrt(Math.Max(squares / count - mean * mean, 0)) + Least);
        }

        return spread;
    }

    // What the network would see of a trace if it strayed as in another clip.
    private float[] Imagine(StoredClip trace, int other, Line[] lines)
    {
        var imagined = new float[ClipRenderer.FrameCount * HandSight.Count];
        for (var frame = 0; frame < ClipRenderer.FrameCount; frame++)
        {
            var seen = _seen[other].AsSpan(frame * HandSight.Count, HandSight.Count);
            Imagine(trace.Targets[frame].Sight!, _clips[other].Targets[frame].Sight, seen, lines, imagined.AsSpan(frame * HandSight.Count, HandSight.Count));
        }

        return imagined;
    }

    private static void Imagine(HandSight truth, HandSight? other, ReadOnlySpan<float> seen, Line[] lines, Span<float> values)
    {
        if (!truth.Visible)
        {
            // The hand that it sees where there is none, if any.
            if (other is { Visible: false })
                seen.CopyTo(values);
            return;
        }

        var visible = other is { Visible: true } ? seen[0] : 1;
        values[0] = visible;
        for (var i = 1; i < values.Length; i++)
        {
            var straying = IsSeen(other, seen, i) ? seen[i] / visible - lines[i].At(other!.Values[i]) : 0;
            values[i] = float.IsNaN(truth.Values[i]) ? 0 : visible * (lines[i].At(truth.Values[i]) + straying);
        }
    }

    // How what is seen of each number follows the truth.
    private Line[] Lines() => [.. Enumerable.Range(0, HandSight.Count).Select(number => Line.Through(Points(number)))];

    private List<(float Truth, float Seen)> Points(int number)
    {
        var points = new List<(float, float)>();
        for (var clip = 0; clip < Count; clip++)
        {
            for (var frame = 0; frame < ClipRenderer.FrameCount; frame++)
            {
                var seen = _seen[clip].AsSpan(frame * HandSight.Count, HandSight.Count);
                if (_clips[clip].Targets[frame].Sight is { } truth && IsSeen(truth, seen, number))
                    points.Add((truth.Values[number], seen[number] / seen[0]));
            }
        }

        return points;
    }

    private static bool IsSeen(HandSight? truth, ReadOnlySpan<float> seen, int number)
    {
        const float SurelyThere = 0.3f;
        return truth is { Visible: true } && seen[0] > SurelyThere && !float.IsNaN(truth.Values[number]);
    }
}
