namespace EdgeGesture.Vision;

/// <summary>
/// What part of a camera's picture the network sees: all of it, but for the sides of a picture wider than 4:3. That
/// part is squeezed to the network's square, so that every camera shows it the same proportions.
/// </summary>
public static class PictureGeometry
{
    /// <summary>The widest part that is seen, width over height.</summary>
    public const double WidestAspect = 4.0 / 3.0;

    /// <summary>The columns seen of a picture: the first and how many, both even (a chroma sample serves two).</summary>
    public static (int Left, int Width) SeenColumns(int width, int height)
    {
        var seen = Math.Min(width, (int)Math.Round(height * WidestAspect));
        if (seen == width)
        {
            return (0, width);
        }

        seen &= ~1;
        return (((width - seen) / 2) & ~1, seen);
    }
}
