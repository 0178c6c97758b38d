namespace EdgeGesture.Cameras;

/// <summary>A camera of this machine and what it offers.</summary>
/// <param name="Path">Its device: <c>/dev/video0</c>.</param>
/// <param name="StablePath">A link to it that stays when it is plugged in elsewhere or later; null where there is none.</param>
/// <param name="Card">The driver's name for it.</param>
/// <param name="Modes">What it can be asked for.</param>
/// <param name="OtherFormats">Its formats that are not understood here, in the kernel's four letters.</param>
public sealed record CameraDevice(
    string Path, string? StablePath, string Card, IReadOnlyList<OfferedMode> Modes, IReadOnlyList<string> OtherFormats);
