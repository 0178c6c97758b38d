using System.CommandLine;
using EdgeGesture.Training;
using EdgeGesture.Training.Commands;

var verbose = new Option<bool>("--verbose") { Description = "Show where in the program an error arose.", Recursive = true };
var root = new RootCommand("Makes gesture clips, trains the streaming network on them and writes model files for edgegesture.")
{
    SynthCommand.Create(),
    FitCommand.Create(),
    verbose,
};
var arguments = root.Parse(args);
if (arguments.Errors.Count > 0)
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
catch (Exception error) when (error is TrainingException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(arguments.GetValue(verbose) ? error : error.Message);
    return 1;
}
