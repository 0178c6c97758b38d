namespace EdgeGesture.Cameras;

/// <summary>What a camera can be asked for.</summary>
/// <param name="Format">How its frames' bytes make a picture.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Fps">Frames a second; null where the driver does not say.</param>
public sealed record OfferedMode(PixelFormat Format, ModeRange Width, ModeRange Height, ModeRange? Fps)
{
    /// <summary>Of this mode, what is nearest to a wish.</summary>
    public CameraMode Nearest(CameraOptions wanted) =>
        new(Format, (int)Width.Nearest(wanted.Width), (int)Height.Nearest(wanted.Height), Fps?.Nearest(wanted.Fps));
}
