using System.CommandLine;
using System.Globalization;
using EdgeGesture.Models;
using EdgeGesture.Training.Fitting;
using EdgeGesture.Training.Networks;

namespace EdgeGesture.Training.Commands;

/// <summary><c>edgegesture-train see</c>: keeps what a model's looks see in clips, for others to rehearse.</summary>
public static class SeeCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "The float32 model file, .onnx.", Required = true };
        var clips = new Option<string[]>("--clips") { Description = "Folder of clips that show what the model knows, but were not learnt from; may be given several times.", Required = true };
        var output = new Option<string>("--out") { Description = "The file to write, .seen.", Required = true };
        var command = new Command("see", "Keep what a model's looks see in clips, so that it can be rehearsed without their pictures.") { model, clips, output };
        command.SetAction(arguments =>
        {
            TrainingDevice.UseFastest();
            using var folder = new ClipFolder(arguments.GetRequiredValue(clips));
            using (var streaming = StreamingModel.Load(arguments.GetRequiredValue(model)))
                folder.MustFit(streaming.Metadata.Size);
            var network = new TsmNetwork(JesterVocabulary.Labels.Count);
            InitialWeights.Load(arguments.GetRequiredValue(model), network);
            var seen = SeenClips.See(network, folder);
            var path = arguments.GetRequiredValue(output);
            seen.Save(path, network);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {seen.Count} clips, {new FileInfo(path).Length / 1e6:F1} MB"));
            return 0;
        });
        return command;
    }
}
