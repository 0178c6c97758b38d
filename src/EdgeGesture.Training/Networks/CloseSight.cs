using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>What the second look sees in N pictures.</summary>
/// <param name="Hand">The numbers of one hand in places of the picture, N×41, times the first.</param>
/// <param name="Guesses">The same in places of the square, N×41, as <see cref="CloseLook.Look"/> tells them.</param>
/// <param name="Maps">Where the points are, N×12×(g·g), logits.</param>
/// <param name="Middle">Of the square, N×2, −1..1 right and down.</param>
/// <param name="Half">Half of the square's side in halves of the picture's, N×1.</param>
public sealed record CloseSight(Tensor Hand, Tensor Guesses, Tensor Maps, Tensor Middle, Tensor Half);
