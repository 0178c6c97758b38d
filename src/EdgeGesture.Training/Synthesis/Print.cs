using System.Numerics;
using OpenCvSharp;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Letters and shapes printed on a shirt: without them, a network that has seen plain clothes only takes some for fingers.</summary>
public static class Print
{
    // Of a drawn person, as parts of the picture: the chest, from one side to the other and down.
    private const float ChestLeft = 0.37f;
    private const float ChestWidth = 0.26f;
    private const float ChestTop = 0.37f;
    private const float ChestHeight = 0.2f;

    /// <summary>Prints on the chest of a drawn person (<see cref="Person"/>).</summary>
    /// <param name="pixels">Colours times cover, and cover, row by row; where nothing covers, nothing is printed.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="dice">Chooses.</param>
    public static void On(Vector4[] pixels, int width, Dice dice)
    {
        var height = pixels.Length / width;
        using var ink = new Mat(height, width, MatType.CV_8UC1, Scalar.Black);
        var chest = new Rect((int)(ChestLeft * width), (int)(ChestTop * height), (int)(ChestWidth * width), (int)(ChestHeight * height));
        using (var place = new Mat(ink, chest))
        {
            if (dice.Chance(0.6f))
                Letters(place, dice);
            else
                Shapes(place, dice);
        }

        ink.GetArray(out byte[] cover);
        var colour = new Vector4(Skin.Cloth(dice), 1);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Vector4.Lerp(pixels[i], colour * pixels[i].W, cover[i] / 255f);
    }

    private static void Letters(Mat place, Dice dice)
    {
        var lines = 1 + dice.Below(3);
        for (var line = 1; line <= lines; line++)
        {
            var word = new string([.. Enumerable.Range(0, 3 + dice.Below(5)).Select(_ => (char)('A' + dice.Below(26)))]);
            var font = dice.Pick([HersheyFonts.HersheySimplex, HersheyFonts.HersheyDuplex, HersheyFonts.HersheyTriplex, HersheyFonts.HersheyScriptComplex]);
            var thickness = 1 + dice.Below(6);
            var wide = Cv2.GetTextSize(word, font, 1, thickness, out _);
            var scale = place.Width * dice.Between(0.6f, 1) / wide.Width;
            Cv2.PutText(place, word, new Point(place.Width * dice.Between(0, 0.1f), place.Height * line / (lines + 0.5f)), font, scale, Scalar.White, thickness, LineTypes.AntiAlias);
        }
    }

    private static void Shapes(Mat place, Dice dice)
    {
        for (var i = 1 + dice.Below(5); i > 0; i--)
        {
            var middle = new Point(dice.Below(place.Width), dice.Below(place.Height));
            var size = new Size(3 + dice.Below(place.Width / 3), 3 + dice.Below(place.Width / 3));
            Cv2.Ellipse(place, middle, size, dice.Between(0, 180), 0, dice.Between(120, 360), Scalar.White, dice.Chance(0.5f) ? -1 : 1 + dice.Below(8), LineTypes.AntiAlias);
        }
    }
}
