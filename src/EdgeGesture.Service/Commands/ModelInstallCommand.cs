using System.CommandLine;
using EdgeGesture.Models;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture model install</c>: puts a model where the service may read it.</summary>
internal static class ModelInstallCommand
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The model file." };
        var folder = new Option<string>("--dir")
        {
            Description = "The folder for models.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "/var/lib/edgegesture/models",
        };
        var command = new Command(
            "install",
            """
            Checks a model file as 'model verify' does and copies it to where the service may read it (home folders are
            closed to it), then says how to use it. An older file of that name is replaced in one step.
            """) { file, folder };
        command.SetAction(parsed =>
        {
            var installed = Install(parsed.GetValue(file)!, parsed.GetValue(folder)!);
            Console.WriteLine(
                $$"""
                {{installed}} is sound and in place. To use it, write into /etc/edgegesture/edgegesture.json
                  "model": { "file": "{{installed}}" }
                and then: sudo systemctl reload edgegesture
                """);
            return 0;
        });
        return command;
    }

    private static string Install(string file, string folder)
    {
        using (var model = StreamingModel.Load(Path.GetFullPath(file)))
        {
            ModelCheck.Run(model);
        }

        var target = Path.Combine(Path.GetFullPath(folder), Path.GetFileName(file));
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                File.Copy(file, temporary, overwrite: true);
                File.SetUnixFileMode(temporary, ForAll);
                File.Move(temporary, target, overwrite: true);
                return target;
            }
            finally
            {
                File.Delete(temporary); // there only if something failed
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EdgeGestureException($"The model cannot be copied to {target} ({exception.Message.TrimEnd('.')}); run this with sudo, or check the space with: df -h.", exception);
        }
    }
}
