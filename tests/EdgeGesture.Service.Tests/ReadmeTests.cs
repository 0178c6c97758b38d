using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests;

/// <summary>The README's commands of "Look inside over SSH", on a service that runs where they look for it.</summary>
public sealed class ReadmeTests : IDisposable
{
    // These need a terminal (TopCommand has a test of its own), never end, or need more than this program.
    private static readonly string[] NotRun = ["edgegesture top", "edgegesture log --level warning --follow", "ssh ", "sudo ", "echo "];

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Its_commands_look_inside()
    {
        KeyValuePair<string, string>[] environment = [new("XDG_RUNTIME_DIR", _folder), new("EDGEGESTURE__MODEL__FILE", _model.Path)];
        using var service = ServiceProgram.Start(
            ["run", "--camera", TestVideo.Still(_folder, frames: 20), "--set", "camera.loop=true", "--set", "board=simulated", "--set", "control.allowSnapshot=true"], environment);
        service.WaitForLine("Watching");
        var commands = Commands().Where(command => !NotRun.Any(start => command.StartsWith(start, StringComparison.Ordinal))).ToList();
        Assert.True(commands.Count >= 5, "The README has lost its commands.");
        foreach (var command in commands)
        {
            var words = command.Replace("look.jpg", Path.Combine(_folder, "look.jpg"), StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("edgegesture", words[0]);
            using var program = ServiceProgram.Start(words[1..], environment);
            var result = program.Wait();
            var isFine = result.ExitCode == 0 || words[1] is "doctor" or "log"; // this machine may lack a camera, or a journal
            Assert.True(isFine && result.ExitCode != 2, $"{command}: {result.ExitCode}\n{result.Errors}");
        }

        Assert.True(File.Exists(Path.Combine(_folder, "look.jpg")));
        service.Stop();
    }

    private static IEnumerable<string> Commands()
    {
        var section = File.ReadAllText(Repository.File("README.md")).Split("## Look inside over SSH")[1].Split("\n## ")[0];
        return section.Split("```sh\n").Skip(1).SelectMany(block => block.Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => line.Split(" #")[0].Trim());
    }
}
