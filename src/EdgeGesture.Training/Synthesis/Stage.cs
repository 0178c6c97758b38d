namespace EdgeGesture.Training.Synthesis;

/// <summary>What a motion needs to know of the clip it is made for.</summary>
/// <param name="Dice">The clip's random numbers.</param>
/// <param name="Track">The hand's way, to be continued.</param>
/// <param name="FirstPerson">The camera looks over the performer's shoulder instead of at the performer.</param>
/// <param name="Flat">The hand is a photograph, which shows one side only.</param>
/// <param name="Reach">How large this performer's motions are; 1 is usual.</param>
public sealed record Stage(Dice Dice, HandTrack Track, bool FirstPerson, bool Flat, float Reach);
