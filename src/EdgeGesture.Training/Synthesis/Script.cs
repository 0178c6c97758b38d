namespace EdgeGesture.Training.Synthesis;

/// <summary>What happens in one clip.</summary>
/// <param name="FirstPerson">The camera looks along with the performer.</param>
/// <param name="Sprite">The cut-out that plays the hand; null for the mesh.</param>
/// <param name="Track">The hand's way; null when there is no hand.</param>
/// <param name="Rest">The label of frames without gesture; null when both background labels are right.</param>
public sealed record Script(bool FirstPerson, HandSprite? Sprite, HandTrack? Track, string? Rest);
