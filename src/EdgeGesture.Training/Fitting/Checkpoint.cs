using System.Globalization;
using System.Text.Json;
using EdgeGesture.Models;
using EdgeGesture.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// A run's state in its folder: checkpoint.safetensors, then the second look in close.safetensors, then the recurrent head in
/// head.safetensors; and once all learn together, all of it in joint.safetensors, which counts from then on.
/// </summary>
public static class Checkpoint
{
    public const string Extension = ".safetensors";

    /// <summary>The first look, and the head that learns with it.</summary>
    public const string FileName = "checkpoint" + Extension;

    /// <summary>The second look.</summary>
    public const string CloseFileName = "close" + Extension;

    /// <summary>Both looks and the head, which have learnt together.</summary>
    public const string JointFileName = "joint" + Extension;

    /// <summary>What the memory rehearsed, if anything.</summary>
    public const string RehearsedFileName = "rehearsed.seen";

    private const string HeadFileName = "head" + Extension;
    private const string Unfinished = "the run has not come to its end; `edgegesture-train fit` with the same --run goes on, and with lower --steps ends it sooner.";

    /// <summary>Where that lies which the memory of a run's folder or checkpoint rehearsed; null if nothing does.</summary>
    public static string? RehearsedOf(string path) =>
        Exists(FolderOf(path), RehearsedFileName) ? Path.Combine(FolderOf(path), RehearsedFileName) : null;

    public static bool Exists(string folder, string fileName) => File.Exists(Path.Combine(folder, fileName));

    public static void Save(string folder, string fileName, Optimiser optimiser, int size) => TensorFile.Save(
        Path.Combine(folder, fileName),
        optimiser.State(),
        new Dictionary<string, string>
        {
            ["steps"] = optimiser.Steps.ToString(CultureInfo.InvariantCulture),
            ["size"] = size.ToString(CultureInfo.InvariantCulture),
            ["labels"] = JsonSerializer.Serialize(JesterVocabulary.Labels),
        });

    /// <summary>Goes on from the state of what is called <paramref name="what"/> where there is one, and says so.</summary>
    public static void ResumeIfSaved(string folder, string fileName, Optimiser optimiser, string what)
    {
        if (!Exists(folder, fileName))
            return;
        var (tensors, metadata) = TensorFile.Load(Path.Combine(folder, fileName));
        optimiser.Restore(tensors, int.Parse(metadata["steps"], CultureInfo.InvariantCulture));
        Console.WriteLine($"resumes {what} at step {optimiser.Steps}");
    }

    /// <summary>
    /// Loads the averaged weights of both looks, those to use, and gives the input side they were trained at; where all learnt
    /// together, the head's too.
    /// </summary>
    public static int LoadAverage(string path, TsmNetwork network)
    {
        var folder = FolderOf(path);
        if (Exists(folder, JointFileName))
            return LoadAverage(Path.Combine(folder, JointFileName), network.AllParameters);
        var size = LoadAverage(Directory.Exists(path) ? Path.Combine(path, FileName) : path, network.Parameters);
        LoadAverage(Path.Combine(folder, CloseFileName), network.Close.Parameters);
        return size;
    }

    private static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;

    private static int LoadAverage(string file, IEnumerable<(string Name, Parameter Value)> parameters)
    {
        if (!File.Exists(file))
            throw new TrainingException($"There is no file {file}: {Unfinished}");
        var (tensors, metadata) = TensorFile.Load(file);
        using var quiet = no_grad();
        foreach (var (name, value) in parameters)
        {
            if (!tensors.TryGetValue($"average.{name}", out var saved) || !saved.shape.SequenceEqual(value.shape))
                throw new TrainingException($"The checkpoint {file} does not fit the network at {name}; it must come from `edgegesture-train fit` with the same labels.");
            value.copy_(saved);
        }

        return int.Parse(metadata["size"], CultureInfo.InvariantCulture);
    }

    public static void SaveHead(string folder, RecurrentHead head) =>
        TensorFile.Save(Path.Combine(folder, HeadFileName), head.state_dict(), new Dictionary<string, string>());

    /// <summary>Loads the head that belongs to a run's folder or to its checkpoint, unless it came with the looks.</summary>
    public static void LoadHead(string path, RecurrentHead head)
    {
        var folder = FolderOf(path);
        if (Exists(folder, JointFileName))
            return;
        var file = Path.Combine(folder, HeadFileName);
        if (!File.Exists(file))
            throw new TrainingException($"There is no file {file}: {Unfinished}");
        var (tensors, _) = TensorFile.Load(file);
        using var quiet = no_grad();
        foreach (var (name, value) in head.state_dict())
        {
            if (!tensors.TryGetValue(name, out var saved) || !saved.shape.SequenceEqual(value.shape))
                throw new TrainingException($"{file} does not fit the network at {name}; it must come from `edgegesture-train fit` with the same labels.");
            value.copy_(saved);
        }

        head.eval();
    }
}
