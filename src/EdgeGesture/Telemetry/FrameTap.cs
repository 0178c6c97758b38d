using EdgeGesture.Cameras;

namespace EdgeGesture.Telemetry;

/// <summary>Gives whoever asks the next frame that the pipeline looks at. While nobody asks a frame costs one comparison.</summary>
public sealed class FrameTap
{
    private TaskCompletionSource<FrameCopy>? _wanted;

    /// <summary>A copy of the next frame, the caller's to dispose. One asks at a time.</summary>
    /// <exception cref="OperationCanceledException">None came in time.</exception>
    public async Task<FrameCopy> NextAsync(CancellationToken cancel)
    {
        var wanted = new TaskCompletionSource<FrameCopy>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _wanted, wanted);
        using var registration = cancel.Register(() =>
        {
            Interlocked.CompareExchange(ref _wanted, null, wanted);
            wanted.TrySetCanceled(cancel);
        });
        return await wanted.Task.ConfigureAwait(false);
    }

    internal void Offer(Frame frame)
    {
        if (Volatile.Read(ref _wanted) is null || Interlocked.Exchange(ref _wanted, null) is not { } wanted)
        {
            return;
        }

        var copy = new FrameCopy(frame);
        if (!wanted.TrySetResult(copy))
        {
            copy.Dispose();
        }
    }
}
