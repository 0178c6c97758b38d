using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeGesture.Configuration;

namespace EdgeGesture.Service.Commands;

/// <summary>
/// The program's commands, and what they have in common: exit 0, 1 (it failed) or 2 (bad usage or configuration), and
/// errors on stderr as one sentence, with a stack trace only under <c>--verbose</c>.
/// </summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Log more, and show a stack trace with an error.",
        Recursive = true,
    };

    public static int Run(string[] args)
    {
        var root = new RootCommand(
            """
            EdgeGesture watches a camera, recognises hand gestures with a streaming Temporal Shift Module network, and
            drives GPIO lines and other outputs from them.

            First steps:
              edgegesture demo                     see it work, without a camera or a board
              edgegesture replay clip.mp4          what it recognises in a video, as JSON lines
              edgegesture run --config FILE        the service
            """)
        {
            DemoCommand.Create(),
            RunCommand.Create(),
            StatusCommand.Create(),
            TopCommand.Create(),
            SnapshotCommand.Create(),
            DoctorCommand.Create(),
            LogCommand.Create(),
            ReplayCommand.Create(),
            EvalCommand.Create(),
            BenchCommand.Create(),
            ModelCommand.Create(),
            PowerCommand.Create(),
            CamerasCommand.Create(),
        };
        root.Options.Add(Verbose);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"edgegesture: {error.Message}");
            }

            Console.Error.WriteLine("edgegesture: 'edgegesture --help' lists the commands, 'edgegesture COMMAND --help' the options of one.");
            return BadUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
#pragma warning disable CA1031 // The last line of defence: whatever happens, a person reads one sentence.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Report(exception, parsed.GetValue(Verbose));
        }
    }

    /// <summary>Refuses a number outside a range.</summary>
    public static void CheckRange(OptionResult result, int min, int max)
    {
        // What is not a number at all is reported by the parser.
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && (value < min || value > max))
        {
            result.AddError($"{result.Option.Name} is {value}, where {min} to {max} is allowed.");
        }
    }

    private static int Report(Exception exception, bool verbose)
    {
        var sentence = exception is EdgeGestureException
            ? exception.Message
            : $"Unexpected error: {exception.Message.TrimEnd('.')} ({exception.GetType().Name}); run again with --verbose and report it with what that prints.";
        Console.Error.WriteLine($"edgegesture: {sentence}");
        if (verbose)
        {
            Console.Error.WriteLine(exception);
        }

        return exception is ConfigurationException ? BadUsage : Failed;
    }
}
