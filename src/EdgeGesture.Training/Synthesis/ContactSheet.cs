using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Clips as rows of small frames on one picture, each frame with a bar in its phase's colour, every second one with the hand as its target tells it.</summary>
public static class ContactSheet
{
    private const int Every = 2;

    /// <summary>Writes one row a clip to a PNG file.</summary>
    public static void Save(string path, IReadOnlyList<Clip> clips)
    {
        var columns = (ClipRenderer.FrameCount + Every - 1) / Every;
        using var sheet = new Mat(clips.Count * (Picture.Height + 14), columns * Picture.Width, MatType.CV_8UC3, Scalar.Black);
        for (var row = 0; row < clips.Count; row++)
        {
            var clip = clips[row];
            var top = row * (Picture.Height + 14);
            Cv2.PutText(sheet, clip.Label, new Point(4, top + 11), HersheyFonts.HersheySimplex, 0.4, Scalar.White);
            for (var column = 0; column < columns; column++)
            {
                using var frame = Mat.FromPixelData(Picture.Height, Picture.Width, MatType.CV_8UC3, clip.Frames[column * Every]);
                using var place = new Mat(sheet, new Rect(column * Picture.Width, top + 14, Picture.Width, Picture.Height));
                Cv2.CvtColor(frame, place, ColorConversionCodes.RGB2BGR);
                var target = clip.Targets[column * Every];
                var colour = target.Weight == 0 ? Scalar.Gray : target.Phase is Phase.Stroke or Phase.Aftermath ? Scalar.LimeGreen : Scalar.OrangeRed;
                if (column % 2 == 1 && target.Sight is { Visible: true } sight)
                    Draw(place, sight);
                Cv2.Rectangle(sheet, new Rect(column * Picture.Width, top + 11, Picture.Width, 3), colour, -1);
            }
        }

        Cv2.ImWrite(path, sheet);
    }

    // A line from the palm to the base of each finger, and on to its tip.
    private static void Draw(Mat frame, HandSight sight)
    {
        Point At(System.Numerics.Vector2 place) => new((int)((place.X + 1) * Picture.Width / 2), (int)((place.Y + 1) * Picture.Height / 2));
        var points = sight.PlacesOfPoints();
        for (var i = 1; i < points.Length; i += 2)
        {
            Cv2.Line(frame, At(sight.Place), At(points[i]), Scalar.Yellow);
            Cv2.Line(frame, At(points[i]), At(points[i + 1]), i == 1 ? Scalar.Red : Scalar.Lime);
        }

        Cv2.Line(frame, At(sight.Place), At(points[0]), Scalar.Blue);
    }
}
