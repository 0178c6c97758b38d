using System.CommandLine;
using EdgeGesture.Training.Commands;

namespace EdgeGesture.Training;

/// <summary>The program <c>edgegesture-train</c>.</summary>
public static class Program
{
    public static int Main(string[] args) => Run(args);

    /// <summary>Runs one command; 0 when it did what was asked, 1 when it could not, 2 when the command line is wrong.</summary>
    public static int Run(string[] args)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show where in the program an error arose.", Recursive = true };
        var root = new RootCommand("Makes gesture clips, trains the streaming network on them and writes model files for edgegesture.")
        {
            SynthCommand.Create(),
            ImportCommand.Create(),
            SeeCommand.Create(),
            FitCommand.Create(),
            ExportCommand.Create(),
            QuantizeCommand.Create(),
            MeasureCommand.Create(),
            Compare3dCommand.Create(),
            verbose,
        };
        var arguments = root.Parse(args);
        if (arguments.Errors.Count > 0 && arguments.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (var error in arguments.Errors)
                Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("See edgegesture-train --help.");
            return 2;
        }

        try
        {
            return arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (error is TrainingException or EdgeGestureException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(arguments.GetValue(verbose) ? error : error.Message);
            return 1;
        }
    }
}
