using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using EdgeGesture.Service.Control;
using Spectre.Console;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture top</c>: the running service, live.</summary>
internal static class TopCommand
{
    // To the alternate screen without a cursor, and back (xterm's DEC private modes 1049 and 25).
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearRest = "\e[J";

    private static readonly (int Width, int Height) UnknownSize = (80, 24);

    public static Command Create()
    {
        var socket = ControlClient.CreateSocketOption();
        var interval = new Option<double>("--interval") { Description = "Seconds between two looks, 0.1 to 60.", HelpName = "SECONDS", DefaultValueFactory = _ => 0.5 };
        var command = new Command(
            "top",
            """
            Shows the running service live: camera, network and power, every score as a bar with the threshold at which
            it fires, and the last gestures. q or Ctrl-C ends it.
            """) { socket, interval };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(socket), parsed.GetValue(interval)));
        return command;
    }

    private static async Task<int> RunAsync(string? socket, double intervalSeconds)
    {
        using var client = ControlClient.Connect(socket);
        if (Console.IsOutputRedirected || Console.IsInputRedirected)
        {
            throw new EdgeGestureException("top needs a terminal to draw on; for a file or a program there is: edgegesture status --json.");
        }

        using var stop = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        _ = Task.Factory.StartNew(() => WaitForQuit(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Console.Write(Enter);
        try
        {
            await client.SendAsync(new Request { Command = "watch", IntervalSeconds = intervalSeconds }, stop.Token).ConfigureAwait(false);
            var screen = new TopScreen();
            while (await client.ReceiveAsync(stop.Token).ConfigureAwait(false) is { Status: { } status })
            {
                // The size is asked anew each time, so a resized terminal is right at the next look.
                var (width, height) = Console.WindowWidth > 0 && Console.WindowHeight > 0 ? (Console.WindowWidth, Console.WindowHeight) : UnknownSize;
                Show(screen.Draw(status, width, height, AnsiConsole.Profile.Capabilities.Unicode));
            }
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        finally
        {
            Console.Write(Leave);
        }

        throw new EdgeGestureException("The service has ended; see why with: edgegesture log.");
    }

    private static void WaitForQuit(CancellationTokenSource stop)
    {
        try
        {
            while (Console.ReadKey(intercept: true).KeyChar is not ('q' or 'Q'))
            {
            }

            stop.Cancel();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ObjectDisposedException)
        {
            // The terminal is gone, or it is over already.
        }
    }

    // In one piece, over the old picture: nothing flickers.
    private static void Show(IReadOnlyList<string> rows)
    {
        var picture = new StringBuilder(Home);
        for (var i = 0; i < rows.Count; i++)
        {
            picture.Append(i == 0 ? "" : "\r\n").Append(rows[i]).Append(ClearLine);
        }

        Console.Write(picture.Append(ClearRest));
    }
}
