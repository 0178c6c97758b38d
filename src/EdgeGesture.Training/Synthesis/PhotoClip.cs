using System.Numerics;
using EdgeGesture.Training.Data;
using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// A clip from one photo of a real hand: the camera moves over it, nearer and farther, as a hand would move before it. It
/// teaches what real hands look like, and no gesture.
/// </summary>
public sealed class PhotoClip
{
    private const float SurelyAHand = 0.5f;
    private const float SmallestPixels = 24;
    private const int Exposures = 3;

    private readonly Mat _photo;
    private readonly PhotoHand _hand;
    private readonly float _scale; // picture pixels a photo pixel
    private readonly Vector2 _from; // where the palm is in the photo
    private readonly Vector2 _to; // where it is in the picture, half-way
    private readonly Vector2 _way;
    private readonly Sway _sway;
    private readonly Sway _zoom;
    private readonly float _angle;

    private PhotoClip(Dice dice, Mat photo, PhotoHand hand)
    {
        _photo = photo;
        _hand = hand;
        var length = HandSight.Length(hand.Points);

        // From the whole photo to as near as its pixels allow.
        var whole = MathF.Max((float)Picture.Width / photo.Width, (float)Picture.Height / photo.Height);
        var nearest = MathF.Max(Picture.Unit * MathF.Min(90 / length, 1.6f), whole);
        _scale = MathF.Exp(dice.Between(MathF.Log(whole), MathF.Log(nearest)));
        _from = HandSight.Palm(hand.Points);
        _to = new Vector2(Picture.Width * dice.Between(0.15f, 0.85f), Picture.Height * dice.Between(0.15f, 0.85f));

        // As little as possible from beyond the photo's edges.
        var size = new Vector2(photo.Width, photo.Height) * _scale;
        _to = Vector2.Clamp(_to, new Vector2(Picture.Width, Picture.Height) - size + _from * _scale, _from * _scale);
        _way = dice.Chance(0.5f) ? Vector2.Zero : Picture.Unit * new Vector2(dice.Normal(30), dice.Normal(20));
        _sway = new Sway(dice, Picture.Unit * dice.Between(0, 12));
        _zoom = new Sway(dice, dice.Between(0, 0.15f));
        _angle = dice.Normal(0.1f);
    }

    /// <summary>Whether a photo shows one whole hand that is large enough.</summary>
    public static bool Shows(IReadOnlyList<PhotoHand> hands) => hands.Count(IsClear) == 1 && hands.All(hand => !hand.IsWhole || IsClear(hand));

    private static bool IsClear(PhotoHand hand) => hand.IsWhole && hand.Score >= SurelyAHand && HandSight.Length(hand.Points) >= SmallestPixels;

    /// <summary>The clip's frames and what each teaches, <see cref="ClipRenderer.FrameCount"/> of them.</summary>
    public static Clip Render(Dice dice, Sources sources, string label)
    {
        var file = dice.Pick(sources.PhotosOfHands);
        using var photo = Cv2.ImRead(file);
        if (photo.Empty())
            throw new TrainingException($"{file} is not a picture that can be read; take it out of the folder.");
        var clip = new PhotoClip(dice, photo, sources.Hands.In(file).First(IsClear));
        var sensor = new Sensor(dice);
        var shutterSeconds = dice.Between(0.005f, 0.05f);
        var mirrored = dice.Chance(0.5f);
        var frames = new List<byte[]>();
        var targets = new List<FrameTarget>();
        var picture = new Picture();
        for (var i = 0; i < ClipRenderer.FrameCount; i++)
        {
            var seconds = (float)i / ClipRenderer.CadenceFps;
            clip.Paint(picture, seconds, shutterSeconds);
            var bytes = sensor.Expose(picture, seconds);
            if (mirrored)
                ClipRenderer.Mirror(bytes);
            frames.Add(bytes);
            var target = new FrameTarget(FrameTarget.EitherBackground, 0, Phase.Background, clip.Sight(seconds));
            targets.Add(mirrored ? target.Mirrored() : target);
        }

        return new Clip(label, frames, targets);
    }

    private void Paint(Picture picture, float seconds, float shutterSeconds)
    {
        Array.Clear(picture.Values);
        for (var i = 0; i < Exposures; i++)
        {
            var way = At(seconds + (i - (Exposures - 1) / 2f) * shutterSeconds / Exposures);
            using var matrix = Mat.FromPixelData(2, 3, MatType.CV_32FC1, new[] { way.M11, way.M21, way.M31, way.M12, way.M22, way.M32 });
            using var moved = new Mat();
            Cv2.WarpAffine(_photo, moved, matrix, new Size(Picture.Width, Picture.Height), _scale < 0.7f ? InterpolationFlags.Area : InterpolationFlags.Linear, BorderTypes.Replicate);
            moved.GetArray(out Vec3b[] pixels);
            for (var p = 0; p < pixels.Length; p++)
            {
                picture.Values[p * 3] += pixels[p].Item2 / 255f / Exposures;
                picture.Values[p * 3 + 1] += pixels[p].Item1 / 255f / Exposures;
                picture.Values[p * 3 + 2] += pixels[p].Item0 / 255f / Exposures;
            }
        }
    }

    // From photo to picture.
    private Matrix3x2 At(float seconds)
    {
        var part = seconds / ClipRenderer.Seconds - 0.5f;
        return Matrix3x2.CreateTranslation(-_from) * Matrix3x2.CreateScale(ScaleAt(seconds)) * Matrix3x2.CreateRotation(_angle)
            * Matrix3x2.CreateTranslation(_to + _way * part + _sway.At(seconds));
    }

    private float ScaleAt(float seconds) => _scale * MathF.Exp(_zoom.At(seconds).X);

    // A photo does not tell whether somebody looks at the own hand.
    private HandSight Sight(float seconds)
    {
        var now = PointsAt(seconds);
        return HandSight.Of(
            now, PointsAt(seconds - HandSight.BeforeSeconds), new Vector2(Picture.Width, Picture.Height) / 2, _hand.Palm(now), firstPerson: float.NaN);
    }

    private Vector3[] PointsAt(float seconds)
    {
        var way = At(seconds);
        return [.. _hand.Points.Select(p => new Vector3(Vector2.Transform(new Vector2(p.X, p.Y), way), p.Z * ScaleAt(seconds)))];
    }
}
