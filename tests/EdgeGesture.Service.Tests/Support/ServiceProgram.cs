using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EdgeGesture.Service.Tests.Support;

/// <summary>The built program, run as a person or systemd runs it: a process with arguments, an exit code and two outputs.</summary>
internal sealed partial class ServiceProgram : IDisposable
{
    private const int HangUp = 1; // SIGHUP
    private const int Terminate = 15; // SIGTERM
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // only a broken program takes so long

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly List<string> _errors = [];

    private ServiceProgram(string[] arguments, IEnumerable<KeyValuePair<string, string>>? environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = ""; // no control socket unless a test asks for one
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                if (line.Data is not null)
                {
                    _errors.Add(line.Data);
                }
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>The program's assembly, for <c>dotnet</c> to run.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "edgegesture.dll");

    internal sealed record Result(int ExitCode, string Output, string Errors);

    public static Result Run(params string[] arguments)
    {
        using var program = Start(arguments);
        return program.Wait();
    }

    public static ServiceProgram Start(string[] arguments, IEnumerable<KeyValuePair<string, string>>? environment = null) => new(arguments, environment);

    /// <summary>Waits until a line of the log contains a text.</summary>
    public void WaitForLine(string text)
    {
        var found = SpinWait.SpinUntil(
            () =>
            {
                Thread.Yield();
                lock (_errors)
                {
                    return _errors.Any(line => line.Contains(text, StringComparison.Ordinal)) || _process.HasExited;
                }
            },
            Patience);
        Assert.True(found && !_process.HasExited, $"\"{text}\" never came:\n{string.Join('\n', _errors)}");
    }

    /// <summary>Asks it to read its configuration again.</summary>
    public void Reload() => Assert.Equal(0, Kill(_process.Id, HangUp));

    /// <summary>Ends it as a crash or a lack of memory does.</summary>
    public void Kill()
    {
        _process.Kill();
        Wait();
    }

    /// <summary>Asks it to stop, as systemd does; the time until it has ended.</summary>
    public TimeSpan Stop()
    {
        var begin = Stopwatch.StartNew();
        Assert.Equal(0, Kill(_process.Id, Terminate));
        Wait();
        return begin.Elapsed;
    }

    public Result Wait()
    {
        Assert.True(_process.WaitForExit(Patience), "The program does not end.");
        _process.WaitForExit(); // and all its output is read
        return new Result(_process.ExitCode, _output.Result, string.Join('\n', _errors));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
