using System.CommandLine;
using EdgeGesture.Training.Comparing;
using EdgeGesture.Training.Fitting;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train compare-3d</c>: how much faster the network learns than its 3D twin.</summary>
public static class Compare3dCommand
{
    public static Command Create()
    {
        var clips = new Option<string[]>("--clips") { Description = "Folder of clips made by `synth`; may be given several times.", Required = true };
        var validation = new Option<string[]>("--validation") { Description = "Folder of clips to measure on, made with `synth --held-out`.", Required = true };
        var size = new Option<int>("--size") { Description = "The input side of the networks that are compared in pixels, which all clips are brought to.", DefaultValueFactory = _ => 96 };
        var init = new Option<string>("--init") { Description = "Weights for both to start from: MobileNetV2 as a pair of .f32 and .json.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder for the table (comparison.md), the measurements (.csv) and the plot (.png).", Required = true };
        var steps = new Option<int>("--steps") { Description = "Training steps of each.", DefaultValueFactory = _ => 300 };
        var batch = new Option<int>("--batch") { Description = "Clips a step.", DefaultValueFactory = _ => 10 };
        var frames = new Option<int>("--frames") { Description = "Frames of each clip, from a random place in it.", DefaultValueFactory = _ => 12 };
        var rate = new Option<double>("--learning-rate") { Description = "Highest learning rate of the convolutions.", DefaultValueFactory = _ => 3e-4 };
        var frozen = new Option<int>("--frozen-blocks") { Description = "The stem and so many of the 17 blocks keep the weights they start with.", DefaultValueFactory = _ => 0 };
        var conv3d = new Option<bool>("--conv3d") { Description = "Compute the twin by the library's conv3d, as is usual, instead of a sum of 2D convolutions, which is quicker on processors." };
        var seed = new Option<int>("--seed") { Description = "Seed of the order and variation of clips.", DefaultValueFactory = _ => 1 };
        var command = new Command("compare-3d", "Train the network and its 3D twin (3×3×3 depthwise convolutions, no shift) side by side on the same clips.")
        {
            clips, validation, size, init, output, steps, batch, frames, rate, frozen, conv3d, seed,
        };
        command.SetAction(arguments =>
        {
            TrainingDevice.UseFastest();
            var comparison = new TwinComparison(new FitSettings
            {
                Clips = arguments.GetRequiredValue(clips),
                Validation = arguments.GetRequiredValue(validation),
                Labels = [],
                Size = arguments.GetValue(size),
                Init = arguments.GetRequiredValue(init),
                Steps = arguments.GetValue(steps),
                BatchClips = arguments.GetValue(batch),
                Frames = arguments.GetValue(frames),
                LearningRate = arguments.GetValue(rate),
                HeadFactor = 3,
                CloseSteps = 0,
                HeadSteps = 0,
                JointSteps = 0,
                FrozenBlocks = arguments.GetValue(frozen),
                Seed = arguments.GetValue(seed),
            }, arguments.GetValue(conv3d));
            comparison.Run();
            ComparisonReport.Save(arguments.GetRequiredValue(output), comparison, arguments.GetValue(batch));
            Console.Write(ComparisonReport.Table(comparison, arguments.GetValue(batch)));
            return 0;
        });
        return command;
    }
}
