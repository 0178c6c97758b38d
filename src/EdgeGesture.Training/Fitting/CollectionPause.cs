using System.Runtime;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// While it lives, nothing is collected. TorchSharp 0.107 makes scalars for single calls and lets them be collected during
/// those, which then fail or take another's number; it happened about once in ten thousand steps. Several may live at once.
/// </summary>
public sealed class CollectionPause : IDisposable
{
    // A step of twelve clips of 112 pixels allocates about 40 MB; a pause that needs more ends early.
    private const long AllocationBytes = 200 << 20;

    private static readonly Lock Gate = new();
    private static int _living;

    public CollectionPause()
    {
        lock (Gate)
        {
            if (_living++ == 0)
                GC.TryStartNoGCRegion(AllocationBytes);
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (--_living == 0 && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }
}
