namespace EdgeGesture.Training.Synthesis;

/// <summary>What one frame teaches.</summary>
/// <param name="Label">The label's index in the vocabulary, or <see cref="EitherBackground"/>.</param>
/// <param name="Weight">How much the frame counts in the loss, 0..1; 0 where nobody could tell.</param>
/// <param name="Phase">What the hand does.</param>
public readonly record struct FrameTarget(byte Label, float Weight, Phase Phase)
{
    /// <summary>Any of the background labels is right.</summary>
    public const byte EitherBackground = 255;
}
