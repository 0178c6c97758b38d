using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGesture.Training.Data;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// Named float32 tensors in the safetensors format: the header's length (8 bytes), a JSON header, the numbers.
/// </summary>
public static class TensorFile
{
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject(metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))) };
        long offset = 0;
        foreach (var (name, value) in tensors)
        {
            var end = offset + value.numel() * sizeof(float);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. value.shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        WholeFile.Write(path, beside =>
        {
            using var file = File.Create(beside);
            file.Write(BitConverter.GetBytes((long)text.Length));
            file.Write(text);
            foreach (var value in tensors.Values)
            {
                using var flat = value.detach().to(CPU).to_type(ScalarType.Float32).contiguous();
                file.Write(flat.bytes);
            }

            file.Flush(flushToDisk: true);
        });
    }

    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Load(string path)
    {
        if (!File.Exists(path))
            throw new TrainingException($"There is no checkpoint {path}; `edgegesture-train fit` writes one into its run folder.");
        var bytes = File.ReadAllBytes(path);
        try
        {
            var length = (int)BitConverter.ToInt64(bytes, 0);
            using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
            var tensors = new Dictionary<string, Tensor>();
            var metadata = new Dictionary<string, string>();
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                {
                    foreach (var item in entry.Value.EnumerateObject())
                        metadata[item.Name] = item.Value.GetString() ?? "";
                    continue;
                }

                var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64()).ToArray();
                var start = entry.Value.GetProperty("data_offsets")[0].GetInt64();
                var end = entry.Value.GetProperty("data_offsets")[1].GetInt64();
                var values = new float[(end - start) / sizeof(float)];
                Buffer.BlockCopy(bytes, (int)(8 + length + start), values, 0, (int)(end - start));
                tensors[entry.Name] = tensor(values).reshape(shape);
            }

            return (tensors, metadata);
        }
        catch (Exception error) when (error is ArgumentException or JsonException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw new TrainingException($"{path} is not a complete checkpoint ({error.Message}); take another one or train anew.");
        }
    }
}
