namespace EdgeGesture.Cameras;

/// <summary>
/// A source of frames. Live sources give the newest frame and drop what nobody read in time; files give every frame
/// in order. One thread reads.
/// </summary>
public interface ICamera : IDisposable
{
    /// <summary>What a person calls it in a log: <c>/dev/video0 (USB Camera)</c>, <c>clip.mp4</c>.</summary>
    string Name { get; }

    /// <summary>What it delivers, read back from the device: <c>640×480 YUYV at 30 fps</c>.</summary>
    string Mode { get; }

    /// <summary>
    /// Waits for a frame, without using the processor. The frame is valid until the next call.
    /// </summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="frame">The frame when the result is <see cref="ReadResult.Frame"/>, else null.</param>
    /// <exception cref="EdgeGestureException">The camera failed; it must be disposed and opened anew.</exception>
    ReadResult Read(TimeSpan timeout, out Frame? frame);

    /// <summary>
    /// Asks for fewer frames, to save what they cost before they are read. A live camera may pause a moment for it; one
    /// that has no choice, and a file, go on as before.
    /// </summary>
    /// <param name="framesPerSecond">The least that is needed, above 0; null for the configured rate.</param>
    void AskForRate(double? framesPerSecond)
    {
        // Nothing to choose.
    }
}
