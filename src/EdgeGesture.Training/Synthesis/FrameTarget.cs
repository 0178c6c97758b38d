namespace EdgeGesture.Training.Synthesis;

/// <summary>What one frame teaches.</summary>
/// <param name="Label">The label's index in the vocabulary, or <see cref="EitherBackground"/>.</param>
/// <param name="Weight">How much the frame counts in the loss, 0..1; 0 where nobody could tell.</param>
/// <param name="Phase">What the hand does.</param>
/// <param name="Sight">Where the hand is; null in clips of which nobody knows.</param>
public readonly record struct FrameTarget(byte Label, float Weight, Phase Phase, HandSight? Sight = null)
{
    /// <summary>Any of the background labels is right.</summary>
    public const byte EitherBackground = 255;

    /// <summary>The same in a mirrored picture.</summary>
    public FrameTarget Mirrored() => this with { Label = GestureBook.MirroredIndex(Label), Sight = Sight?.Mirrored() };
}
