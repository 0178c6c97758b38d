using EdgeGesture.Training.Data;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class VideoFolderTests
{
    [Fact]
    public void Videos_are_taken_by_their_folders_name_and_broken_ones_are_counted()
    {
        using var folder = new TemporaryFolder();
        Write(folder.At("videos/Thumb Up/good.y4m.gz"), frames: 20);
        Directory.CreateDirectory(folder.At("videos/Thumb Up"));
        File.WriteAllText(folder.At("videos/Thumb Up/broken.y4m"), "no video");
        File.WriteAllText(folder.At("videos/Thumb Up/broken.y4m.gz"), "no video");
        File.CreateSymbolicLink(folder.At("videos/Thumb Up/unreadable.y4m"), "/proc/self/mem"); // an error of the disk
        Assert.Equal((1, 3), VideoFolder.Import(folder.At("videos"), folder.At("own.clips"), size: 32));
        using var file = ClipFile.Open(folder.At("own.clips"));
        var clip = file.Read(0);
        Assert.Equal(20, clip.Label);
        Assert.Contains(clip.Targets, target => target.Weight > 0);
        Assert.All(clip.Targets.Skip(20), target => Assert.Equal(0, target.Weight));

        // A grey picture stays grey on its way through the device's own preprocessing.
        Assert.All(clip.Pixels, value => Assert.InRange(value, 98, 102));
    }

    [Fact]
    public void A_manifest_names_videos_and_labels()
    {
        using var folder = new TemporaryFolder();
        Write(folder.At("a.y4m.gz"), frames: 8);
        File.WriteAllText(folder.At("manifest.csv"), "path,label\na.y4m.gz,No gesture\n");
        Assert.Equal((1, 0), VideoFolder.Import(folder.Root, folder.At("own.clips"), size: 32));
        using var file = ClipFile.Open(folder.At("own.clips"));
        Assert.All(file.Read(0).Targets.Take(8), target => Assert.Equal(new FrameTarget(2, 1, Phase.Background, null), target));
    }

    [Fact]
    public void An_unknown_label_is_refused_with_those_that_are_known()
    {
        using var folder = new TemporaryFolder();
        Write(folder.At("videos/Waving/a.y4m.gz"), frames: 8);
        var error = Assert.Throws<TrainingException>(() => VideoFolder.Import(folder.At("videos"), folder.At("own.clips"), size: 32));
        Assert.Contains("\"Waving\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("Thumb Up", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_videos_and_one_with_broken_ones_only_are_errors_in_words()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<TrainingException>(() => VideoFolder.Import(folder.Root, folder.At("own.clips"), size: 32));
        Directory.CreateDirectory(folder.At("Thumb Up"));
        File.WriteAllText(folder.At("Thumb Up/broken.y4m"), "no video");
        Assert.Throws<TrainingException>(() => VideoFolder.Import(folder.Root, folder.At("own.clips"), size: 32));
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Import_makes_a_folder_of_clips_that_other_commands_take()
    {
        using var folder = new TemporaryFolder();
        Write(folder.At("videos/Thumb Up/a.y4m.gz"), frames: 20);
        Assert.Equal(0, Program.Run(["import", "--videos", folder.At("videos"), "--out", folder.At("clips"), "--size", "32"]));
        using var clips = new ClipFolder([folder.At("clips")]);
        Assert.Equal((1, 32), (clips.Count, clips.Size));
    }

    private static void Write(string path, int frames)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var grey = new byte[Picture.Width * Picture.Height * 3];
        Array.Fill(grey, (byte)100);
        Y4mWriter.Write(path, new Clip("Thumb Up", [.. Enumerable.Repeat(grey, frames)], []));
    }
}
