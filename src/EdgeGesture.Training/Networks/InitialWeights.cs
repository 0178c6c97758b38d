using System.Text.Json;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Networks;

/// <summary>
/// Weights to start from, trained on other pictures: NAME.json lists each tensor's name, shape, byte offset and count,
/// NAME.f32 holds the numbers (little-endian float32). The classifier is never taken: its labels are others.
/// </summary>
public static class InitialWeights
{
    /// <summary>
    /// Copies every convolution of the network from the two files; <paramref name="path"/> names either. A kernel that spans
    /// several frames begins with the weights in the newest one, as the same network without a past.
    /// </summary>
    public static void Load(string path, TsmNetwork network)
    {
        var list = Path.ChangeExtension(path, ".json");
        var data = Path.ChangeExtension(path, ".f32");
        foreach (var file in new[] { list, data })
        {
            if (!File.Exists(file))
                throw new TrainingException($"There is no file {file}; --init takes weights as a pair of .json and .f32.");
        }

        var bytes = File.ReadAllBytes(data);
        using var document = JsonDocument.Parse(File.ReadAllText(list));
        var entries = document.RootElement.GetProperty("tensors").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("name").GetString()!);
        using var quiet = no_grad();
        foreach (var (name, value) in network.Parameters.Where(p => p.Name.StartsWith("features.", StringComparison.Ordinal)))
        {
            if (!entries.TryGetValue(name, out var entry))
                continue;
            var shape = entry.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64()).ToArray();
            var spansTime = value.Dimensions == 5 && shape.Length == 4;
            var place = spansTime ? value.select(2, value.shape[2] - 1) : value;
            if (!shape.SequenceEqual(place.shape))
                throw new TrainingException($"{list} gives {name} the shape {string.Join('×', shape)}, the network has {string.Join('×', value.shape)}; take weights of MobileNetV2 1.0.");
            var values = new float[entry.GetProperty("count").GetInt32()];
            Buffer.BlockCopy(bytes, entry.GetProperty("offset").GetInt32(), values, 0, values.Length * sizeof(float));
            if (spansTime)
                value.zero_();
            place.copy_(tensor(values).reshape(shape));
        }
    }
}
