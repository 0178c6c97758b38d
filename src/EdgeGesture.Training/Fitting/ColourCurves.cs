using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>What another camera makes of a colour: by channel (red, green, blue) and value (0..255), the value that it gives.</summary>
internal static class ColourCurves
{
    /// <param name="dice">Draws how far each channel's gain is from <paramref name="gain"/>, up to 7 %.</param>
    /// <param name="gain">The factor around the middle value, 128.</param>
    /// <param name="lift">What is added to all values.</param>
    public static byte[][] Draw(Dice dice, float gain, float lift) =>
    [
        .. Enumerable.Range(0, 3).Select(_ =>
        {
            var own = gain * dice.Between(0.93f, 1.07f);
            return Enumerable.Range(0, 256).Select(v => (byte)Math.Clamp((v - 128) * own + 128 + lift, 0, 255)).ToArray();
        }),
    ];
}
