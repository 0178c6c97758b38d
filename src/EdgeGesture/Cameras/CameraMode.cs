using System.Globalization;

namespace EdgeGesture.Cameras;

/// <summary>One way that a camera delivers frames.</summary>
/// <param name="Format">How their bytes make a picture.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Fps">Frames a second; null where the driver does not say.</param>
public sealed record CameraMode(PixelFormat Format, int Width, int Height, double? Fps)
{
    public override string ToString()
    {
        var rate = Fps is { } fps ? string.Create(CultureInfo.InvariantCulture, $" at {fps:0.##} fps") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Width}×{Height} {Format.ToString().ToUpperInvariant()}{rate}");
    }
}
