using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeGesture.Training.Exporting.Onnx;
using EdgeGesture.Training.Quantising;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// Weights to start from, trained on other pictures: NAME.json lists each tensor's name, shape, byte offset and count,
/// NAME.f32 holds the numbers (little-endian float32); or a model file that `export` wrote, NAME.onnx. Each tensor of the
/// same name is taken, and of one that has only the first look its layers for the second as well; of a model file the
/// recurrent head, too.
/// </summary>
public static class InitialWeights
{
    public const string ModelExtension = ".onnx";

    /// <summary>
    /// Copies every tensor that the network shares with the file that <paramref name="path"/> names (either of the pair). A
    /// kernel that spans several frames begins with the weights in the newest one, as the same network without a past.
    /// </summary>
    /// <exception cref="TrainingException">There is no such file, it is not whole, or a tensor in it has another shape.</exception>
    public static void Load(string path, TsmNetwork network)
    {
        var found = path.EndsWith(ModelExtension, StringComparison.Ordinal) ? FromModel(path) : FromPair(path);
        using var quiet = no_grad();
        if (found.ContainsKey("memory.input"))
            LoadHead(path, found, network.Head);
        foreach (var (name, value) in network.AllParameters)
        {
            if (!found.TryGetValue(name, out var stored) && !(IsClose(name) && found.TryGetValue(name[CloseLook.Prefix.Length..], out stored)))
                continue;
            var spansTime = value.Dimensions == 5 && stored.Shape.Length == 4;
            var place = spansTime ? value.select(2, value.shape[2] - 1) : value;
            if (!stored.Shape.SequenceEqual(place.shape))
                throw new TrainingException($"{path} gives {name} the shape {string.Join('×', stored.Shape)}, the network has {string.Join('×', value.shape)}; take weights of MobileNetV2 1.0.");
            if (spansTime)
                value.zero_();
            place.copy_(Numbers(stored.Bytes).reshape(stored.Shape));
        }
    }

    // What OnnxExporter writes of the memory, under its own names and in the order of ONNX's gates.
    private static void LoadHead(string path, Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Bytes)> found, RecurrentHead head)
    {
        if (!found["memory.input"].Shape.SequenceEqual([1, 3 * RecurrentHead.Width, RecurrentHead.Width]) || !found["projection.weight"].Shape.SequenceEqual(head.Projection.weight!.shape))
            throw new TrainingException($"{path} has a memory of another size than this network; take a model file that this version of `export` wrote.");
        var biases = Of("memory.bias").chunk(2);
        (Parameter Place, Tensor Value)[] parts =
        [
            (head.Projection.weight!, Of("projection.weight")),
            (head.Projection.bias!, Of("projection.bias")),
            (head.Unit.get_parameter("weight_ih_l0")!, RecurrentHead.SwapGates(Of("memory.input"))),
            (head.Unit.get_parameter("weight_hh_l0")!, RecurrentHead.SwapGates(Of("memory.recurrent"))),
            (head.Unit.get_parameter("bias_ih_l0")!, RecurrentHead.SwapGates(biases[0])),
            (head.Unit.get_parameter("bias_hh_l0")!, RecurrentHead.SwapGates(biases[1])),
            (head.Seen.weight!, Of("scores_seen.weight")),
            (head.Seen.bias!, Of("scores_seen.bias")),
            (head.Remembered.weight!, Of("scores.weight")),
        ];
        foreach (var (place, value) in parts)
            place.copy_(value.reshape(place.shape));

        Tensor Of(string name) => Numbers(found[name].Bytes);
    }

    private static Tensor Numbers(ReadOnlyMemory<byte> bytes) => tensor(MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray());

    private static bool IsClose(string name) => name.StartsWith(CloseLook.Prefix, StringComparison.Ordinal);

    private static Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Bytes)> FromPair(string path)
    {
        var list = Path.ChangeExtension(path, ".json");
        var data = Path.ChangeExtension(path, ".f32");
        foreach (var file in new[] { list, data })
        {
            if (!File.Exists(file))
                throw new TrainingException($"There is no file {file}; --init takes weights as a pair of .json and .f32, or a model file .onnx.");
        }

        var bytes = File.ReadAllBytes(data);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(list));
            return document.RootElement.GetProperty("tensors").EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!, entry => Listed(entry, bytes));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new TrainingException($"{list} and {data} are not a whole pair of weights ({error.Message.TrimEnd('.')}); copy both again.");
        }
    }

    private static (long[] Shape, ReadOnlyMemory<byte> Bytes) Listed(JsonElement entry, ReadOnlyMemory<byte> bytes)
    {
        var shape = entry.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64()).ToArray();
        var count = entry.GetProperty("count").GetInt32();
        if (shape.Aggregate(1L, (a, b) => a * b) != count)
            throw new FormatException($"a tensor of the shape {string.Join('×', shape)} has not {count} numbers");
        return (shape, bytes.Slice(entry.GetProperty("offset").GetInt32(), count * sizeof(float)));
    }

    private static Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Bytes)> FromModel(string path) =>
        ModelFile.ReadFloat(path).Graph.Initializer
            .Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float)
            .ToDictionary(tensor => tensor.Name, tensor => (ShapeOf(tensor), tensor.RawData.Memory));

    // In a model a bias may stand in a column, to be added to many places at once.
    private static long[] ShapeOf(TensorProto tensor) =>
        tensor.Name.EndsWith(".bias", StringComparison.Ordinal) ? [tensor.Dims.Aggregate((a, b) => a * b)] : [.. tensor.Dims];
}
