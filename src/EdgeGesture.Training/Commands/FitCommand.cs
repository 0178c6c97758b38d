using System.CommandLine;
using EdgeGesture.Models;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train fit</c>: trains the network.</summary>
public static class FitCommand
{
    public static Command Create()
    {
        var clips = new Option<string[]>("--clips") { Description = "Folder of clips made by `synth` or `import`; may be given several times." };
        var rehearse = new Option<string?>("--rehearse") { Description = "A file of `see`, such as models/default.seen: the memory learns from that beside your clips, and keeps what it knows but for what your gestures take the place of." };
        var videos = new Option<string?>("--videos") { Description = "Folder of your own videos, LABEL/clip.mp4 or with a manifest.csv (path,label); alone or mixed with --clips." };
        var size = ImportCommand.SizeOption();
        var validation = new Option<string[]>("--validation") { Description = "Folder of clips to measure on, made with `synth --held-out`, or with `import` of videos that are not learnt from.", Required = true };
        var init = new Option<string>("--init") { Description = "Weights to start from: MobileNetV2 as a pair of .f32 and .json, a float32 model file .onnx, or another run's checkpoint.safetensors.", Required = true };
        var run = new Option<string>("--run") { Description = "Run folder for checkpoints, curves and settings; an existing run is resumed.", Required = true };
        var labels = new Option<string[]>("--label") { Description = "Learn only these labels; may be given several times." };
        var steps = new Option<int>("--steps") { Description = "Training steps of the first look, which finds the hand.", DefaultValueFactory = _ => 3000 };
        var closeSteps = new Option<int>("--close-steps") { Description = "Training steps of the second look, at the hand alone, after the first.", DefaultValueFactory = _ => 8000 };
        var batch = new Option<int>("--batch") { Description = "Clips a step; while all learn together, a quarter of those that each look learns from alone in a step.", DefaultValueFactory = _ => 10 };
        var frames = new Option<int>("--frames") { Description = "Frames of each clip, from a random place in it.", DefaultValueFactory = _ => 12 };
        var rate = new Option<double>("--learning-rate") { Description = "Highest learning rate of the convolutions.", DefaultValueFactory = _ => 3e-4 };
        var head = new Option<double>("--head-factor") { Description = "The classifier's learning rate over the convolutions'.", DefaultValueFactory = _ => 3 };
        var frozen = new Option<int>("--frozen-blocks") { Description = "The stem and so many of the blocks of both looks keep the weights they start with.", DefaultValueFactory = _ => 4 };
        var headSteps = new Option<int>("--head-steps") { Description = "Training steps of the memory that follows the convolutions, after them.", DefaultValueFactory = _ => 4000 };
        var jointSteps = new Option<int>("--joint-steps") { Description = "Training steps of both looks and the memory together, in the end, and of each look alone beside that; thousands, ten seconds or more each on two processor cores, so better with an NVIDIA GPU.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int>("--seed") { Description = "Seed of the order and variation of clips.", DefaultValueFactory = _ => 1 };
        frozen.MustLieWithin(0, CloseLook.FineBlock + 1, $"--frozen-blocks is 0 to {CloseLook.FineBlock + 1}.");
        var command = new Command("fit", "Train the network on clips, or resume a run.") { clips, rehearse, videos, size, validation, init, run, labels, steps, closeSteps, batch, frames, rate, head, frozen, headSteps, jointSteps, seed };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(rehearse) is not null && new[] { steps, closeSteps, jointSteps }.Any(option => arguments.GetValue(option) != 0))
                throw new TrainingException("--rehearse needs looks that stay as they are: give --steps 0 and --close-steps 0 with it, and no --joint-steps.");
            var folders = (arguments.GetValue(clips) ?? []).ToList();
            if (arguments.GetValue(videos) is { } own)
            {
                var imported = Path.Combine(arguments.GetRequiredValue(run), "videos");
                ImportCommand.Import(own, imported, arguments.GetValue(size));
                folders.Add(imported);
            }

            if (folders.Count == 0)
                throw new TrainingException("fit needs --clips or --videos to learn from.");
            foreach (var label in (arguments.GetValue(labels) ?? []).Where(label => !JesterVocabulary.Labels.Contains(label)))
                throw new TrainingException($"--label \"{label}\" is not one of the Jester labels: {string.Join(", ", JesterVocabulary.Labels)}.");
            var settings = new FitSettings
            {
                Clips = folders,
                Rehearse = arguments.GetValue(rehearse),
                Validation = arguments.GetRequiredValue(validation),
                Labels = arguments.GetValue(labels) ?? [],
                Size = arguments.GetValue(size),
                Init = arguments.GetRequiredValue(init),
                Steps = arguments.GetValue(steps),
                CloseSteps = arguments.GetValue(closeSteps),
                BatchClips = arguments.GetValue(batch),
                Frames = arguments.GetValue(frames),
                LearningRate = arguments.GetValue(rate),
                HeadFactor = arguments.GetValue(head),
                FrozenBlocks = arguments.GetValue(frozen),
                HeadSteps = arguments.GetValue(headSteps),
                JointSteps = arguments.GetValue(jointSteps),
                Seed = arguments.GetValue(seed),
            };
            TrainingDevice.UseFastest();
            new Trainer(settings, arguments.GetRequiredValue(run)).Run();
            return 0;
        });
        return command;
    }
}
