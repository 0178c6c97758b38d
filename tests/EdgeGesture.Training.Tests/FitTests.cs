using System.CommandLine;
using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Commands;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Exporting.Onnx;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Quantising;
using SkiaSharp;

namespace EdgeGesture.Training.Tests;

/// <summary>From clips to a model file that the device's library loads, on a set that takes seconds.</summary>
public class FitTests
{
    [Fact]
    public void A_tiny_run_learns_resumes_exports_and_quantises()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.At("clips"), count: 8);
        var start = folder.At("start");
        Directory.CreateDirectory(start);
        TorchSharp.torch.random.manual_seed(1);
        var untrained = new TsmNetwork(JesterVocabulary.Labels.Count);
        Checkpoint.Save(start, Checkpoint.FileName, new Optimiser(untrained.Parameters), TinyClips.Size);
        Checkpoint.Save(start, Checkpoint.CloseFileName, new Optimiser(untrained.Close.Parameters), TinyClips.Size);
        var settings = new FitSettings
        {
            Clips = [folder.At("clips")],
            Validation = [folder.At("clips")],
            Init = Path.Combine(start, "checkpoint.safetensors"),
            Size = TinyClips.Size,
            Steps = 6,
            CloseSteps = 1,
            Labels = [],
            BatchClips = 2,
            Frames = 14,
            LearningRate = 1e-3,
            HeadFactor = 3,
            HeadSteps = 20,
            JointSteps = 0,
            FrozenBlocks = 4,
            Seed = 1,
        };
        new Trainer(settings, folder.At("run")).Run();
        var remembering = new Trainer(settings with { Steps = 16, CloseSteps = 2 }, folder.At("run")).Run();
        var losses = File.ReadAllLines(folder.At("run/validation.csv")).Select(line => float.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(4, losses.Length); // of each run: frame by frame, with the memory
        Assert.True(losses[2] < losses[0], $"The loss went from {losses[0]} to {losses[2]}.");
        Assert.True(remembering.Loss < MathF.Log(JesterVocabulary.Labels.Count), $"With the memory the loss is {remembering.Loss}: no better than a guess.");
        var steps = new[] { 1, 2 }.Select(joint => new Trainer(settings with { JointSteps = joint }, folder.At("run")).Run().Loss).ToArray();
        Assert.All(steps, loss => Assert.True(loss < MathF.Log(JesterVocabulary.Labels.Count), $"Together the loss is {loss}: no better than a guess."));
        Assert.NotEqual(steps[0], steps[1]);
        Assert.True(HasDarkPixels(folder.At("run/confusion.png"), new SKRectI(10, 90, 180, 850)), "The confusion matrix names no label.");

        var model = folder.At("model.onnx");
        Assert.Equal(0, Program.Run(["export", "--checkpoint", folder.At("run"), "--out", model, "--calibrate", folder.At("clips"), "--background", folder.At("clips")]));
        Assert.Equal(0, Program.Run(["quantize", "--model", model, "--clips", folder.At("clips"), "--out", folder.At("int8.onnx")]));
        foreach (var file in new[] { model, folder.At("int8.onnx") })
        {
            using var loaded = StreamingModel.Load(file);
            Assert.Equal(TinyClips.Size, loaded.Metadata.Size);
            Assert.Equal(0, Program.Run(["measure", "--model", file, "--clips", folder.At("clips")]));
        }
    }

    [Fact]
    public void A_run_without_steps_exports_the_model_that_it_began_with()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.At("clips"), count: 2);
        TorchSharp.torch.random.manual_seed(1);
        var (began, exported) = (folder.At("began.onnx"), folder.At("exported.onnx"));
        OnnxExporter.Export(new TsmNetwork(JesterVocabulary.Labels.Count), TinyClips.Size, new ModelCardFacts("test", "MIT", new Dictionary<string, float>()), began);
        Assert.Equal(0, Program.Run(["fit", "--clips", folder.At("clips"), "--validation", folder.At("clips"), "--size", $"{TinyClips.Size}", "--init", began, "--run", folder.At("run"), "--steps", "0", "--close-steps", "0", "--head-steps", "0"]));
        Assert.Equal(0, Program.Run(["export", "--checkpoint", folder.At("run"), "--out", exported]));
        Assert.Equal<TensorProto>(ModelFile.ReadFloat(began).Graph.Initializer, ModelFile.ReadFloat(exported).Graph.Initializer);
    }

    [Fact]
    public void A_memory_goes_on_beside_what_is_rehearsed_and_the_looks_stay()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.At("known"), count: 8);
        TinyClips.Write(folder.At("own"), count: 2);
        TorchSharp.torch.random.manual_seed(1);
        var (began, known) = (folder.At("began.onnx"), folder.At("known.seen"));
        OnnxExporter.Export(new TsmNetwork(JesterVocabulary.Labels.Count), TinyClips.Size, new ModelCardFacts("test", "MIT", new Dictionary<string, float>()), began);
        Assert.Equal(0, Program.Run(["see", "--model", began, "--clips", folder.At("known"), "--out", known]));
        string[] fit = ["fit", "--clips", folder.At("own"), "--validation", folder.At("own"), "--size", $"{TinyClips.Size}", "--init", began, "--run", folder.At("run"), "--rehearse", known, "--head-steps", "2"];
        Assert.Equal(1, Program.Run([.. fit, "--steps", "1", "--close-steps", "0"])); // with that the looks would change
        Assert.Equal(0, Program.Run([.. fit, "--steps", "0", "--close-steps", "0"]));
        Assert.Equal(0, Program.Run(["export", "--checkpoint", folder.At("run"), "--calibrate", folder.At("own"), "--out", folder.At("own.onnx")]));
        var (before, after) = (Weights(began), Weights(folder.At("own.onnx")));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        var changed = before.Keys.Where(name => !before[name].Equals(after[name])).ToList();
        Assert.Contains("memory.input", changed);
        Assert.DoesNotContain(changed, name => name.Contains("features.", StringComparison.Ordinal) || name.Contains("sight.", StringComparison.Ordinal));

        static Dictionary<string, TensorProto> Weights(string model) => ModelFile.ReadFloat(model).Graph.Initializer.ToDictionary(tensor => tensor.Name);
    }

    private static bool HasDarkPixels(string picture, SKRectI area)
    {
        using var bitmap = SKBitmap.Decode(picture);
        return Enumerable.Range(area.Top, area.Height).Any(y => Enumerable.Range(area.Left, area.Width).Any(x => bitmap.GetPixel(x, y).Red < 100));
    }

    [Fact]
    public void All_clips_are_measured_however_few()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.Root, count: 5);
        using var clips = new ClipFolder([folder.Root]);
        var measured = Measurement.Of((pictures, count) => TorchSharp.torch.zeros(pictures.shape[0], JesterVocabulary.Labels.Count), clips);
        Assert.Equal(5, measured.Confusion.Cast<int>().Sum());
        Assert.Equal(MathF.Log(JesterVocabulary.Labels.Count), measured.Loss, 0.1);
    }

    [Fact]
    public void A_folder_without_clips_is_an_error_in_words()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TrainingException>(() => new ClipFolder([folder.Root]));
        Assert.Contains("There are no clips in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_holds_no_clips_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("a.clips"), "not a clip");
        Assert.Contains("a.clips", Assert.Throws<TrainingException>(() => new ClipFolder([folder.Root])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_comes_back_from_its_file_as_it_was_and_half_a_clip_does_not_count()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.Root, count: 2);
        var path = Directory.GetFiles(folder.Root).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        using var file = ClipFile.Open(path);
        Assert.Equal(1, file.Count);
        var expected = TinyClips.Clip(0);
        var clip = file.Read(0);
        Assert.Equal(expected.Pixels, clip.Pixels);
        Assert.Equal(expected.Targets, clip.Targets);
    }

    [Theory]
    [InlineData(2, "fit")]
    [InlineData(2, "fit", "--clips", "c", "--validation", "v", "--init", "i", "--run", "r", "--frozen-blocks", "7")]
    [InlineData(2, "synth", "--colour", "red")]
    [InlineData(2, "import", "--videos", "v")]
    [InlineData(1, "import", "--videos", "v", "--out", "/dev/null/clips")]
    [InlineData(2, "export", "--checkpoint", "nowhere", "--out", "x.onnx", "--size", "20")]
    [InlineData(1, "fit", "--clips", "nowhere", "--validation", "nowhere", "--init", "nowhere", "--run", "/dev/null/run")]
    [InlineData(1, "compare-3d", "--clips", "nowhere", "--validation", "nowhere", "--init", "nowhere", "--out", "nowhere")]
    [InlineData(1, "measure", "--model", "nowhere", "--clips", "nowhere")]
    [InlineData(1, "synth", "--mesh", "nowhere", "--photos", "nowhere", "--sheet", "x.png")]
    [InlineData(1, "export", "--checkpoint", "nowhere", "--out", "x.onnx")]
    [InlineData(2, "quantize", "--model", "m", "--clips", "c", "--out", "x.onnx", "--count", "0")]
    [InlineData(0, "--help")]
    [InlineData(0, "fit", "--help")]
    public void Commands_end_with_the_code_that_says_how_it_went(int code, params string[] arguments) =>
        Assert.Equal(code, Program.Run(arguments));

    [Theory]
    [InlineData]
    [InlineData("--sheet", "x.png", "--out", "clips")]
    public void Synth_makes_one_kind_of_thing_at_a_time(params string[] outputs)
    {
        var command = SynthCommand.Create().Parse(["--mesh", "nowhere", "--photos", "nowhere", .. outputs]);
        var error = Assert.Throws<TrainingException>(() => command.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.StartsWith("synth takes one of", error.Message, StringComparison.Ordinal);
    }
}
