using System.Numerics;
using EdgeGesture.Models;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Makes clips: the same label, seed and sources give the same clip.</summary>
public sealed class ClipRenderer(Sources sources)
{
    /// <summary>Frames in a clip.</summary>
    public const int FrameCount = 28;

    /// <summary>Frames per second; the model's cadence.</summary>
    public const int CadenceFps = 10;

    /// <summary>A clip's length.</summary>
    public const float Seconds = (float)FrameCount / CadenceFps;

    private const float PhotoShare = 0.2f;
    private const float MirroredShare = 0.4f;

    private readonly ScriptWriter _writer = new(sources);
    private readonly HandLayer _layer = new();
    private readonly Picture _picture = new();

    /// <summary>Whether there are photos of hands to learn from.</summary>
    public bool HasPhotos => sources.PhotosOfHands.Count > 0;

    /// <summary>What the clip of a seed is to show: a label, or null for a photo of a hand.</summary>
    public string? Draw(int seed)
    {
        var dice = new Dice(seed ^ 0x2545F491); // Not the numbers that the clip itself is made of: each label would always be seen from the same side.
        return HasPhotos && dice.Chance(PhotoShare) ? null : LabelMix.Draw(dice);
    }

    /// <summary>A clip of a photographed hand: it teaches what hands look like, and no label.</summary>
    public Clip RenderPhoto(int seed) => PhotoClip.Render(new Dice(seed), sources, JesterVocabulary.DoingOtherThings);

    public Clip Render(string label, int seed)
    {
        var dice = new Dice(seed);
        var (script, view, mirrored) = Begin(dice, label);
        var background = JesterVocabulary.Background.Contains(label);
        var backdrop = Backdrop.Random(dice, sources, script.FirstPerson, shaken: background && dice.Chance(0.25f));
        var people = script.FirstPerson ? [] : Person.Some(dice, sources);
        var skin = script.Sprite?.Skin ?? (people.Count > 0 ? people[^1].Skin : null) ?? Skin.Random(dice);
        var cloth = Skin.Cloth(dice);
        var sitter = !script.FirstPerson && people.Count == 0 && dice.Chance(0.55f) ? new Sitter(dice, skin * dice.Between(0.7f, 1.05f), cloth) : null;
        var painter = new HandPainter(dice, sources, view, script.FirstPerson, script.Sprite, skin, cloth);
        var sensor = new Sensor(dice);
        var shutterSeconds = dice.Between(0.004f, 0.045f);
        var dropped = dice.Chance(0.3f) ? dice.Between(0, 0.15f) : 0;

        var frames = new List<byte[]>();
        var targets = new List<FrameTarget>();
        for (var i = 0; i < FrameCount; i++)
        {
            var seconds = (i + dice.Between(-0.15f, 0.15f)) / CadenceFps;
            if (i > 0 && dice.Chance(dropped))
            {
                frames.Add(frames[^1]);
            }
            else
            {
                backdrop.Paint(_picture, seconds);
                foreach (var person in people)
                    person.Paint(_picture, seconds);
                sitter?.Paint(_picture, seconds);
                if (script.Track is not null)
                    PaintHand(script.Track, painter, seconds, shutterSeconds);
                var bytes = sensor.Expose(_picture, seconds);
                if (mirrored)
                    Mirror(bytes);
                frames.Add(bytes);
            }

            targets.Add(Target(script, painter, i, mirrored));
        }

        return new Clip(label, frames, targets);
    }

    /// <summary>A clip without its pictures, in a fiftieth of the time: what its frames would teach.</summary>
    internal Clip Trace(string label, int seed)
    {
        var dice = new Dice(seed);
        var (script, view, mirrored) = Begin(dice, label);
        var painter = new HandPainter(dice, sources, view, script.FirstPerson, script.Sprite, Vector3.One, Vector3.One);
        return new Clip(label, [], [.. Enumerable.Range(0, FrameCount).Select(i => Target(script, painter, i, mirrored))]);
    }

    // Everybody performs with the right hand; left-handers are their mirror images, so left and right change places.
    private (Script Script, Viewpoint View, bool IsMirrored) Begin(Dice dice, string label)
    {
        var mirrored = dice.Chance(MirroredShare);
        var script = _writer.Write(dice, mirrored ? GestureBook.Mirrored(label) : label);
        return (script, Viewpoint.Random(dice, script.FirstPerson), mirrored);
    }

    private static FrameTarget Target(Script script, HandPainter painter, int frame, bool mirrored)
    {
        var moment = (float)frame / CadenceFps;
        var sight = script.Track is { } track ? painter.Sight(track, moment) : HandSight.None(script.FirstPerson ? 1 : 0);
        var target = FrameLabeller.At(script, moment) with { Sight = sight };
        return mirrored ? target.Mirrored() : target;
    }

    private void PaintHand(HandTrack track, HandPainter painter, float seconds, float shutterSeconds)
    {
        var travelled = Vector3.Distance(track.At(seconds).Wrist, track.At(seconds + shutterSeconds).Wrist);
        var moments = travelled switch { > 0.02f => 8, > 0.008f => 4, > 0.003f => 2, _ => 1 };
        _layer.Clear();
        for (var m = 0; m < moments; m++)
        {
            painter.Paint(_layer, track.At(seconds + shutterSeconds * m / moments));
            _layer.EndMoment(1f / moments, painter.Folds);
        }

        _layer.Over(_picture);
    }

    internal static void Mirror(byte[] rgb)
    {
        for (var y = 0; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width / 2; x++)
            {
                var a = (y * Picture.Width + x) * 3;
                var b = (y * Picture.Width + Picture.Width - 1 - x) * 3;
                for (var c = 0; c < 3; c++)
                    (rgb[a + c], rgb[b + c]) = (rgb[b + c], rgb[a + c]);
            }
        }
    }
}
