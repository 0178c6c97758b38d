using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Cameras;

/// <summary>
/// A camera that a program reads for us and hands over through a pipe. A thread empties the pipe, so that the program
/// never waits and the newest frame is the one that is lent; older ones are dropped. What the program says goes to the
/// log. It is stopped with SIGINT, and by the kernel if this process dies.
/// </summary>
public sealed unsafe partial class PipeCamera : ICamera
{
    private const int Interrupt = 2; // SIGINT

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly PipeCommand _command;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly TaskCompletionSource<Process> _started = new();
    private readonly ManualResetEventSlim _saidAll = new();
    private readonly Frame _frame = new();

    private readonly object _lock = new(); // guards what follows
    private byte[] _filling; // the thread's
    private byte[] _ready; // the newest whole frame
    private byte[] _lent; // the reader's
    private bool _hasNew;
    private bool _hasEnded;
    private TimeSpan _time;
    private long _sequence = -1;

    private volatile string? _said;
    private bool _isDisposed;

    /// <param name="command">The program.</param>
    /// <param name="clock">The clock of the frames' timestamps, which are when they came.</param>
    /// <param name="log">Takes what the program says.</param>
    /// <exception cref="EdgeGestureException">The program cannot be started.</exception>
    public PipeCamera(PipeCommand command, TimeProvider clock, ILogger log)
    {
        _command = command;
        _clock = clock;
        _log = log;
        Mode = new CameraMode(PixelFormat.I420, command.Width, command.Height, null).ToString();
        _frame.SetLayout(PixelFormat.I420, command.Width, command.Height, command.Width, command.FullRange);
        var length = Frame.LengthBytes(PixelFormat.I420, command.Width, command.Height);
        _filling = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        _ready = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        _lent = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        _thread = new Thread(Run) { Name = $"camera {command.Name}", IsBackground = true };
        _thread.Start();
        _started.Task.GetAwaiter().GetResult();
    }

    public string Name => _command.Name;

    public string Mode { get; }

    public ReadResult Read(TimeSpan timeout, out Frame? frame)
    {
        frame = null;
        lock (_lock)
        {
            if (!_hasNew && !_hasEnded)
            {
                Monitor.Wait(_lock, timeout);
            }

            if (_hasNew)
            {
                _hasNew = false;
                (_lent, _ready) = (_ready, _lent);
                _frame.Fill((byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_lent, 0), _lent.Length, _time, _sequence);
                frame = _frame;
                return ReadResult.Frame;
            }

            return _hasEnded ? throw Ended() : ReadResult.Timeout;
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        var process = _started.Task.Result;
        if (!process.HasExited)
        {
            _ = Signal(process.Id, Interrupt);
            if (!process.WaitForExit(StopPatience))
            {
                process.Kill(entireProcessTree: true);
            }
        }

        _thread.Join(StopPatience); // longer only where something else holds the pipe open
        process.StandardOutput.Dispose(); // which the process leaves to who has read it
        process.Dispose();
    }

    // The kernel's signal at a parent's death is sent when the thread that started the program ends: so it is this one,
    // which ends only after the program.
    private void Run()
    {
        Process process;
        try
        {
            process = Start();
        }
        catch (Win32Exception exception)
        {
            _started.SetException(new EdgeGestureException(
                $"The camera {Name} needs the program {_command.Program}, which cannot be started ({exception.Message}); install it again.", exception));
            return;
        }

        var pipe = process.StandardOutput.BaseStream;
        process.ErrorDataReceived += (_, line) => Listen(line.Data);
        process.BeginErrorReadLine();
        _started.SetResult(process);
        try
        {
            while (pipe.ReadAtLeast(_filling, _filling.Length, throwOnEndOfStream: false) == _filling.Length)
            {
                Publish();
            }

            _saidAll.Wait(StopPatience);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            _said ??= exception.Message;
        }

        lock (_lock)
        {
            _hasEnded = true;
            Monitor.Pulse(_lock);
        }
    }

    private Process Start()
    {
        // Of util-linux, which every Debian has; without it the program outlives a crash of ours until it next writes.
        var guard = PipeCommand.Find("setpriv", Environment.GetEnvironmentVariable("PATH"));
        var start = new ProcessStartInfo(guard ?? _command.Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in guard is null ? _command.Arguments : ["--pdeathsig", "KILL", _command.Program, .. _command.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private void Publish()
    {
        var now = _clock.GetElapsedTime(0);
        lock (_lock)
        {
            (_filling, _ready) = (_ready, _filling);
            _time = now;
            _sequence++;
            _hasNew = true;
            Monitor.Pulse(_lock);
        }
    }

    private void Listen(string? line)
    {
        if (line is null)
        {
            _saidAll.Set();
        }
        else if (!string.IsNullOrWhiteSpace(line))
        {
            _said = line.Trim();
            _log.LogDebug("{Camera}: {Line}", Name, line);
        }
    }

    private EdgeGestureException Ended() =>
        new($"The program of the camera {Name} ended ({_said?.TrimEnd('.') ?? "it did not say why"}); {_command.Remedy}.");

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
