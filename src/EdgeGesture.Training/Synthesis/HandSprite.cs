using System.Numerics;
using EdgeGesture.Training.Data;
using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>A real hand cut out of a photo taken before a plain wall: colour and cover, the wrist at the bottom.</summary>
public sealed class HandSprite
{
    private readonly int _width;
    private readonly int _height;
    private readonly Vector4[] _pixels;

    private HandSprite(int width, int height, Vector4[] pixels, Vector3 skin, Vector3[]? points)
    {
        Points = points;
        _width = width;
        _height = height;
        _pixels = pixels;
        Skin = skin;
    }

    /// <summary>The hand's mean colour, RGB in 0..1.</summary>
    public Vector3 Skin { get; }

    /// <summary>
    /// The hand's points, across and down the sprite (0..1) and in pixels towards the camera; null where nobody knows them.
    /// </summary>
    public Vector3[]? Points { get; }

    public int Height => _height;

    /// <summary>Width over height.</summary>
    public float Aspect => (float)_width / _height;

    /// <summary>
    /// Cuts the hand out, with what is known of the photo's <paramref name="hands"/>; null when the photo does not show one
    /// clearly.
    /// </summary>
    public static HandSprite? Cut(string path, IReadOnlyList<PhotoHand> hands)
    {
        using var photo = Cv2.ImRead(path);
        if (photo.Empty())
            return null;

        // Skin is redder than a grey wall in any light.
        var planes = Cv2.Split(photo);
        using var redness = new Mat();
        Cv2.Subtract(planes[2], planes[0], redness);
        foreach (var plane in planes)
            plane.Dispose();
        using var mask = new Mat();
        Cv2.Threshold(redness, mask, 0, 255, ThresholdTypes.Binary | ThresholdTypes.Otsu);
        Cv2.FindContours(mask, out var contours, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        if (contours.Length == 0)
            return null;
        var hand = contours.MaxBy(contour => Cv2.ContourArea(contour))!;
        var box = Cv2.BoundingRect(hand);
        var share = Cv2.ContourArea(hand) / (photo.Width * photo.Height);
        if (share is < 0.08 or > 0.6 || box.Bottom < photo.Height - 2 || box.Left <= 0 || box.Right >= photo.Width)
            return null;

        using var cover = new Mat(photo.Size(), MatType.CV_8UC1, Scalar.Black);
        Cv2.DrawContours(cover, [hand], 0, Scalar.White, thickness: -1);
        Cv2.BitwiseAnd(cover, mask, cover);
        Cv2.GaussianBlur(cover, cover, new Size(3, 3), 0.8);
        var pixels = new Vector4[box.Width * box.Height];
        var (sum, weight) = (Vector3.Zero, 0f);
        for (var y = 0; y < box.Height; y++)
        {
            for (var x = 0; x < box.Width; x++)
            {
                var bgr = photo.At<Vec3b>(box.Y + y, box.X + x);
                var alpha = cover.At<byte>(box.Y + y, box.X + x) / 255f;
                var rgb = new Vector3(bgr.Item2, bgr.Item1, bgr.Item0) / 255f;
                pixels[y * box.Width + x] = new Vector4(rgb, alpha);
                sum += rgb * alpha;
                weight += alpha;
            }
        }

        return new HandSprite(box.Width, box.Height, pixels, sum / weight, PointsIn(box, hands));
    }

    // Of a hand all of whose points lie in the box, or nearly.
    private static Vector3[]? PointsIn(Rect box, IReadOnlyList<PhotoHand> hands)
    {
        const float Beyond = 0.08f;
        foreach (var hand in hands.Where(hand => hand.IsWhole).OrderByDescending(hand => hand.Score))
        {
            var points = hand.Points.Select(p => new Vector3((p.X - box.X) / box.Width, (p.Y - box.Y) / box.Height, p.Z)).ToArray();
            if (points.All(p => p.X is > -Beyond and < 1 + Beyond && p.Y is > -Beyond and < 1 + Beyond))
                return points;
        }

        return null;
    }

    /// <summary>Colour (0..1) and cover (0..1) at a place across and down the sprite (0..1).</summary>
    public (Vector3 Colour, float Cover) Sample(float across, float down)
    {
        var x = Math.Clamp(across * _width - 0.5f, 0, _width - 1.001f);
        var y = Math.Clamp(down * _height - 0.5f, 0, _height - 1.001f);
        var (ix, iy) = ((int)x, (int)y);
        var at = iy * _width + ix;
        var upper = Vector4.Lerp(_pixels[at], _pixels[at + 1], x - ix);
        var lower = Vector4.Lerp(_pixels[at + _width], _pixels[at + _width + 1], x - ix);
        var pixel = Vector4.Lerp(upper, lower, y - iy);
        return (pixel.AsVector3(), pixel.W);
    }
}
