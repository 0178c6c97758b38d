using System.CommandLine;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Networks;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train import</c>: a person's own videos as clips to learn from or to measure on.</summary>
public static class ImportCommand
{
    public static Command Create()
    {
        var videos = new Option<string>("--videos") { Description = "Folder of your own videos, LABEL/clip.mp4 or with a manifest.csv (path,label).", Required = true };
        var output = new Option<string>("--out") { Description = "Folder to write the clip file to.", Required = true };
        var size = SizeOption();
        var command = new Command("import", "Make clips of your own videos, for `fit`, `export --calibrate` and `measure`.") { videos, output, size };
        command.SetAction(arguments =>
        {
            Import(arguments.GetRequiredValue(videos), arguments.GetRequiredValue(output), arguments.GetValue(size));
            return 0;
        });
        return command;
    }

    /// <summary>The option --size, as all commands that bring pictures to the network's input have it.</summary>
    internal static Option<int> SizeOption() =>
        new("--size") { Description = "The network's input side in pixels, which all clips are brought to.", DefaultValueFactory = _ => TsmNetwork.DefaultSize };

    /// <summary>Writes the clips of a folder of videos to another folder and says how many there are.</summary>
    internal static void Import(string videos, string folder, int size)
    {
        Directory.CreateDirectory(folder);
        var (taken, broken) = VideoFolder.Import(videos, Path.Combine(folder, $"own{ClipFile.Extension}"), size);
        Console.WriteLine($"{videos}: {taken} videos taken, {broken} could not be read");
    }
}
