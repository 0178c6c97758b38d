using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeGesture.Models;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train synth</c>: makes clips for training, or a contact sheet to look at.</summary>
public static class SynthCommand
{
    private const int ClipsPerFile = 250;
    private const int PhotosOnSheet = 6;

    public static Command Create()
    {
        var sources = new SourceOptions();
        var outFolder = new Option<string?>("--out") { Description = "Folder to write clip files for `fit` to." };
        var sheet = new Option<string?>("--sheet") { Description = "Write a contact sheet (PNG) instead of clip files." };
        var videos = new Option<string?>("--videos") { Description = "Write videos (.y4m.gz) and a manifest.csv to this folder instead, to look at or to recognise." };
        var count = new Option<int>("--count") { Description = "How many clips for --out; for --videos, how many of each label.", DefaultValueFactory = _ => 1000 };
        var labels = new Option<string[]>("--label") { Description = "Only these labels; may be given several times." };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same clips.", DefaultValueFactory = _ => 1 };
        var size = ImportCommand.SizeOption();
        var command = new Command("synth", "Make gesture clips from a hand mesh, photographed hands and background photos.")
        {
            outFolder, sheet, videos, count, labels, seed, size,
        };
        sources.AddTo(command);
        command.SetAction(arguments =>
        {
            var chosen = arguments.GetValue(labels) ?? [];
            foreach (var label in chosen.Where(label => !JesterVocabulary.Labels.Contains(label)))
                throw new TrainingException($"--label \"{label}\" is not one of the Jester labels: {string.Join(", ", JesterVocabulary.Labels)}.");
            if (new[] { sheet, videos, outFolder }.Count(option => arguments.GetValue(option) is not null) != 1)
                throw new TrainingException("synth takes one of --out FOLDER for clips, --videos FOLDER for videos and --sheet FILE.png for a contact sheet.");
            var renderer = new ClipRenderer(sources.Open(arguments));
            if (arguments.GetValue(sheet) is { } sheetPath)
                WriteSheet(renderer, sheetPath, chosen, arguments.GetValue(seed));
            else if (arguments.GetValue(videos) is { } videoFolder)
                WriteVideos(renderer, videoFolder, chosen, arguments.GetValue(seed), arguments.GetValue(count));
            else
                WriteClips(renderer, arguments.GetValue(outFolder)!, chosen, arguments.GetValue(seed), arguments.GetValue(count), arguments.GetValue(size));
            return 0;
        });
        return command;
    }

    private static void WriteSheet(ClipRenderer renderer, string path, string[] chosen, int seed)
    {
        var rows = chosen.Length > 0 ? chosen : [.. JesterVocabulary.Labels];
        var clips = rows.Select((label, row) => renderer.Render(label, HashCode(seed, row))).ToList();
        if (chosen.Length == 0 && renderer.HasPhotos)
            clips.AddRange(Enumerable.Range(rows.Length, PhotosOnSheet).Select(row => renderer.RenderPhoto(HashCode(seed, row))));
        ContactSheet.Save(path, clips);
        Console.WriteLine($"{path}: {clips.Count} clips");
    }

    private static void WriteVideos(ClipRenderer renderer, string folder, string[] chosen, int seed, int count)
    {
        Directory.CreateDirectory(folder);
        var labels = chosen.Length > 0 ? chosen : [.. JesterVocabulary.Labels];
        var manifest = new StringBuilder("path,label\n");
        foreach (var label in labels)
        {
            for (var i = 0; i < count; i++)
            {
                var name = $"{label.ToLowerInvariant().Replace(' ', '_')}_{i + 1}.y4m.gz";
                Y4mWriter.Write(Path.Combine(folder, name), renderer.Render(label, HashCode(seed, i * 1000 + GestureBook.IndexOf(label))));
                manifest.Append(CultureInfo.InvariantCulture, $"{name},{label}\n");
            }
        }

        File.WriteAllText(Path.Combine(folder, "manifest.csv"), manifest.ToString());
        Console.WriteLine($"{folder}: {labels.Length * count} videos");
    }

    private static void WriteClips(ClipRenderer renderer, string folder, string[] chosen, int seed, int count, int size)
    {
        Directory.CreateDirectory(folder);
        var watch = Stopwatch.StartNew();
        for (var made = 0; made < count;)
        {
            var path = Path.Combine(folder, $"seed{seed}-{made:D6}{ClipFile.Extension}");
            using var file = ClipFile.Create(path, size);
            for (var i = 0; i < ClipsPerFile && made < count; i++, made++)
            {
                var clipSeed = HashCode(seed, made);
                var label = chosen.Length > 0 ? chosen[made % chosen.Length] : renderer.Draw(clipSeed);
                file.Append(Store(label is null ? renderer.RenderPhoto(clipSeed) : renderer.Render(label, clipSeed), size));
            }

            Console.WriteLine($"{path}: {made} of {count} clips, {made / watch.Elapsed.TotalSeconds:F1} clips/s");
        }
    }

    private static StoredClip Store(Clip clip, int size)
    {
        var index = (byte)GestureBook.IndexOf(clip.Label);
        return new StoredClip(
            index, clip.Targets, [.. clip.Frames.SelectMany(frame => Squeezer.Squeeze(frame, Picture.Width, Picture.Height, size))]);
    }

    // Seeds of neighbouring clips must not be neighbours: nearby seeds of System.Random begin alike.
    private static int HashCode(int seed, int index) => (int)((uint)seed * 2654435761u ^ ((uint)index + 1) * 2246822519u) & int.MaxValue;
}
