using System.Numerics;

namespace EdgeGesture.Vision;

/// <summary>The linear part of a colour conversion, clamped to 0–255, for one pixel and for a vector of pixels.</summary>
internal sealed record ColourMatrix(float LumaScale, float LumaOffset, float RedV, float GreenU, float GreenV, float BlueU, bool IsIdentity = false)
{
    public static readonly ColourMatrix Identity = new(1, 0, 0, 0, 0, 0, IsIdentity: true);

    /// <summary>JFIF: luma and chroma 0–255.</summary>
    public static readonly ColourMatrix FullRange = new(1, 0, 1.402f, -0.344136f, -0.714136f, 1.772f);

    /// <summary>BT.601: luma 16–235, chroma 16–240.</summary>
    public static readonly ColourMatrix VideoRange = new(
        255f / 219, 16, 1.402f * 255 / 224, -0.344136f * 255 / 224, -0.714136f * 255 / 224, 1.772f * 255 / 224);

    private static readonly Vector<float> Mid = new(128f);
    private static readonly Vector<float> White = new(255f);

    public Vector<float> Red(Vector<float> y, Vector<float> u, Vector<float> v) =>
        Clamp(IsIdentity ? y : Luma(y) + (v - Mid) * RedV);

    public Vector<float> Green(Vector<float> y, Vector<float> u, Vector<float> v) =>
        Clamp(IsIdentity ? u : Luma(y) + (u - Mid) * GreenU + (v - Mid) * GreenV);

    public Vector<float> Blue(Vector<float> y, Vector<float> u, Vector<float> v) =>
        Clamp(IsIdentity ? v : Luma(y) + (u - Mid) * BlueU);

    /// <summary>The scalar twin: one pixel.</summary>
    public (float Red, float Green, float Blue) Apply(float y, float u, float v)
    {
        if (IsIdentity)
        {
            return (Math.Clamp(y, 0, 255), Math.Clamp(u, 0, 255), Math.Clamp(v, 0, 255));
        }

        var luma = (y - LumaOffset) * LumaScale;
        return (
            Math.Clamp(luma + (v - 128) * RedV, 0, 255),
            Math.Clamp(luma + (u - 128) * GreenU + (v - 128) * GreenV, 0, 255),
            Math.Clamp(luma + (u - 128) * BlueU, 0, 255));
    }

    private Vector<float> Luma(Vector<float> y) => (y - new Vector<float>(LumaOffset)) * LumaScale;

    private static Vector<float> Clamp(Vector<float> value) => Vector.Min(Vector.Max(value, Vector<float>.Zero), White);
}
