using System.Runtime.InteropServices;

namespace EdgeGesture.Cameras;

/// <summary>The part of libturbojpeg's TurboJPEG 2 interface (turbojpeg.h) that decodes.</summary>
internal static unsafe partial class TurboJpegNative
{
    public const int Rgb = 0; // TJPF_RGB
    public const int Fast = 256 | 2048; // TJFLAG_FASTUPSAMPLE, TJFLAG_FASTDCT
    public const int Warning = 0; // TJERR_WARNING: there is a picture nevertheless

    private const string Library = "libturbojpeg.so.0";

    /// <summary>Whether this machine has the library (Debian's package libturbojpeg0).</summary>
    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, typeof(TurboJpegNative).Assembly, null, out _);

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint Create();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint decoder);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int ReadHeader(nint decoder, byte* jpeg, nuint lengthBytes, out int width, out int height, out int subsampling, out int colourspace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decode(nint decoder, byte* jpeg, nuint lengthBytes, byte* picture, int width, int strideBytes, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    public static partial int ErrorCode(nint decoder);

    /// <summary>The last error's text, the decoder's own.</summary>
    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial byte* ErrorText(nint decoder);
}
