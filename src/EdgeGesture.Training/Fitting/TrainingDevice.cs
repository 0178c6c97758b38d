using System.Diagnostics;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>Where tensors live and are computed.</summary>
public static class TrainingDevice
{
    private static readonly Lazy<ScalarType> Fastest = new(FindFastestType);

    /// <summary>
    /// The number type that pictures are computed in: bfloat16 where the processor multiplies it in hardware, which halves
    /// the work; elsewhere the library imitates it, many times slower than float32.
    /// </summary>
    public static ScalarType NumberType => Fastest.Value;

    /// <summary>
    /// Takes the first NVIDIA GPU when the program was built with <c>-p:Cuda=true</c> and there is one, else the processor,
    /// for all tensors made from now on; and lets the processor's keep their memory when freed.
    /// </summary>
    public static void UseFastest()
    {
        NativeHeap.KeepFreedMemory();
        if (cuda.is_available())
            set_default_device(CUDA);
    }

    private static ScalarType FindFastestType() =>
        SecondsOfConvolution(ScalarType.BFloat16) < SecondsOfConvolution(ScalarType.Float32) ? ScalarType.BFloat16 : ScalarType.Float32;

    // Of the network's commonest kind: many channels from one place. The first call pays for the library's start.
    private static double SecondsOfConvolution(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var x = zeros(16, 16, 16, 96).to_type(type).permute(0, 3, 1, 2);
        var weight = zeros(384, 96, 1, 1).to_type(type);
        nn.functional.conv2d(x, weight);
        var time = Stopwatch.StartNew();
        for (var i = 0; i < 3; i++)
            nn.functional.conv2d(x, weight);
        return time.Elapsed.TotalSeconds;
    }
}
