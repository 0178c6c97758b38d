using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Clips as rows of small frames on one picture, each frame with a bar in its phase's colour.</summary>
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
                Cv2.Rectangle(sheet, new Rect(column * Picture.Width, top + 11, Picture.Width, 3), colour, -1);
            }
        }

        Cv2.ImWrite(path, sheet);
    }
}
