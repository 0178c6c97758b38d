using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>Where tensors live and are computed.</summary>
public static class TrainingDevice
{
    /// <summary>
    /// Takes the first NVIDIA GPU when the program was built with <c>-p:Cuda=true</c> and there is one, else the processor,
    /// for all tensors made from now on.
    /// </summary>
    public static void UseFastest()
    {
        if (cuda.is_available())
            set_default_device(CUDA);
    }
}
