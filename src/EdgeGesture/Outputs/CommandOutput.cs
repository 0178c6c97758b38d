using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>Starts a program for each gesture and waits for its end, or ends it.</summary>
public sealed class CommandOutput(CommandOptions options) : IOutput
{
    public void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop)
    {
        var start = new ProcessStartInfo(options.Run[0], options.Run.Skip(1)) { RedirectStandardOutput = true };
        start.Environment["EDGEGESTURE_GESTURE"] = gesture.Gesture;
        start.Environment["EDGEGESTURE_CONFIDENCE"] = gesture.Confidence.ToString("0.000", CultureInfo.InvariantCulture);
        using var process = Start(start);
        process.OutputDataReceived += (_, _) => { }; // our stdout is not its: what it prints there is thrown away
        process.BeginOutputReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            throw new EdgeGestureException($"The command {options.Run[0]} took over {options.TimeoutSeconds} s and was killed; let it do its work in the background, or raise timeoutSeconds.");
        }

        if (process.ExitCode != 0)
        {
            throw new EdgeGestureException($"The command {options.Run[0]} exited with {process.ExitCode}; run it by hand to see why.");
        }
    }

    public void MakeSafe()
    {
        // A program that runs is left to end.
    }

    public void Dispose()
    {
        // Nothing is held between gestures.
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new EdgeGestureException($"The command {start.FileName} cannot be started ({exception.Message}); give its full path and make it executable.", exception);
        }
    }
}
