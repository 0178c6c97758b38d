using System.Text;

namespace EdgeGesture.Tests.Support;

/// <summary>
/// The smallest streaming model, written as ONNX bytes by hand (field numbers from onnx.proto): the scores are this
/// frame's mean red, green and blue plus the previous frame's, which the one cache holds.
/// </summary>
internal sealed class TinyModelFile : IDisposable
{
    public const int Size = 32;

    private static readonly Dictionary<string, string> Properties = new()
    {
        ["edgegesture.labels"] = """["Nothing", "Left", "Right"]""",
        ["edgegesture.size"] = "32",
        ["edgegesture.mean"] = "[0.5, 0.5, 0.5]",
        ["edgegesture.std"] = "[0.5, 0.5, 0.5]",
        ["edgegesture.cadence"] = "10",
        ["edgegesture.thresholds"] = """{ "Left": 0.6, "Right": 0.7 }""",
        ["edgegesture.background"] = """["Nothing"]""",
        ["edgegesture.version"] = "test",
        ["edgegesture.licence"] = "MIT",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;

    /// <param name="property">A metadata property to change…</param>
    /// <param name="value">…and its value; null leaves it out.</param>
    /// <param name="frameSize">The width and height of the input.</param>
    /// <param name="stateOut">The shape that the written cache claims.</param>
    /// <param name="frameName">The input's name.</param>
    public TinyModelFile(string? property = null, string? value = null, int frameSize = Size, int[]? stateOut = null, string frameName = "frame")
    {
        var properties = new Dictionary<string, string>(Properties);
        if (property is not null)
        {
            properties.Remove(property);
            if (value is not null)
            {
                properties[property] = value;
            }
        }

        Path = System.IO.Path.Combine(_folder, "tiny.onnx");
        File.WriteAllBytes(Path, Model(properties, frameName, frameSize, stateOut ?? [1, 3, 1, 1]));
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Model(Dictionary<string, string> properties, string frameName, int frameSize, int[] stateOut) =>
    [
        .. Number(1, 8), // ir_version
        .. Message(7, Graph(frameName, frameSize, stateOut)),
        .. Message(8, [.. Text(1, ""), .. Number(2, 13)]), // opset_import
        .. properties.SelectMany(pair => Message(14, [.. Text(1, pair.Key), .. Text(2, pair.Value)])),
    ];

    private static byte[] Graph(string frameName, int frameSize, int[] stateOut) =>
    [
        .. Node("GlobalAveragePool", [frameName], "mean"),
        .. Node("Add", ["mean", "state_in_0"], "sum"),
        .. Node("Flatten", ["sum"], "scores"),
        .. Node("Identity", ["mean"], "state_out_0"),
        .. Text(2, "tiny"),
        .. Value(11, frameName, 1, 3, frameSize, frameSize),
        .. Value(11, "state_in_0", 1, 3, 1, 1),
        .. Value(12, "scores", 1, 3),
        .. Value(12, "state_out_0", stateOut),
    ];

    private static byte[] Node(string operation, string[] inputs, string output) =>
        Message(1, [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(4, operation)]);

    private static byte[] Value(int field, string name, params int[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(dimension => Message(1, Number(1, (ulong)dimension)))];
        return Message(field, [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, 1), .. Message(2, shape)]))]);
    }

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. Varint((ulong)field << 3 | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            yield return (byte)(value | 128);
        }

        yield return (byte)value;
    }
}
