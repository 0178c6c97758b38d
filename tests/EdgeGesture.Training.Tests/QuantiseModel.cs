using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Exporting.Onnx;
using EdgeGesture.Training.Synthesis;
using Google.Protobuf;

namespace EdgeGesture.Training.Tests;

/// <summary>
/// A float32 streaming model with one node of each kind that the exporter writes, made without libtorch: the picture at half
/// its size, a stem, a shifted residual block of three convolutions, a look at the whole grid, another at a part of the
/// picture, a memory of four numbers, three labels.
/// </summary>
internal static class QuantiseModel
{
    public const int Size = 32;
    public const int Convolutions = 5;

    public static void Write(string path)
    {
        var dice = new Dice(5);
        var graph = new GraphBuilder();
        graph.Input("frame", 1, 3, Size, Size);
        graph.Constant("zero", [0f], []);
        graph.Constant("six", [6f], []);
        var x = SmallPicture.Write(graph, "frame", 2);
        x = Convolution(graph, dice, "stem", x, inputs: 3, outputs: 8, kernel: 3, stride: 2, groups: 1, relu6: true);
        x = Convolution(graph, dice, "narrow", x, inputs: 8, outputs: 16, kernel: 1, stride: 1, groups: 1, relu6: false);
        graph.Input("state_in_0", 1, 2, Size / 4, Size / 4);
        graph.Split("shift_0", x, (2, "state_out_0"), (14, "rest_0"));
        var y = graph.Node("Concat", "shifted_0", ["state_in_0", "rest_0"], GraphBuilder.Int("axis", 1));
        y = Convolution(graph, dice, "depthwise", y, inputs: 16, outputs: 16, kernel: 3, stride: 1, groups: 16, relu6: true);
        y = Convolution(graph, dice, "project", y, inputs: 16, outputs: 16, kernel: 1, stride: 1, groups: 1, relu6: false);
        x = graph.Node("Add", "sum", [y, x]);
        graph.Constant("places", 0, 0, -1);
        x = graph.Node("Reshape", "grid", [x, "places"]);
        x = graph.Node("ReduceMean", "features", [x], GraphBuilder.Ints("axes", 2), GraphBuilder.Int("keepdims", 0));
        x = graph.Node("Relu", "seen", [graph.Node("Add", "both", [Linear(graph, dice, "projection", x, inputs: 16, outputs: 4), Part(graph, dice, x)])]);
        var seen = Linear(graph, dice, "scores_seen", x, inputs: 4, outputs: 3);
        x = Memory(graph, dice, x);
        graph.Constant("scores.weight", Random(dice, 3 * 4, 2), 3, 4);
        graph.Node("Gemm", "scores", [x, "scores.weight", seen], GraphBuilder.Int("transB", 1));
        graph.Output("scores", 1, 3);
        graph.Output("state_out_0", 1, 2, Size / 4, Size / 4);
        graph.Output("state_out_1", 1, 1, 4);

        var model = graph.Model();
        foreach (var (name, value) in Properties)
            model.MetadataProps.Add(new StringStringEntryProto { Key = $"edgegesture.{name}", Value = value });
        File.WriteAllBytes(path, model.ToByteArray());
    }

    // Where it looks depends on what was seen before.
    private static string Part(GraphBuilder graph, Dice dice, string features)
    {
        const int Side = 8;
        var middle = graph.Node("Clip", "middle", [graph.Split("found", features, 2, 14)[0], graph.Constant("least", [-0.5f], []), graph.Constant("largest", [0.5f], [])]);
        var part = SquareCut.Write(graph, "frame", Size, middle, graph.Constant("half", [0.5f], 1, 1), Side);
        part = Convolution(graph, dice, "part_stem", part, inputs: 3, outputs: 4, kernel: 3, stride: 2, groups: 1, relu6: true);
        return graph.Node("ReduceMean", "part_features", [part], GraphBuilder.Ints("axes", 2, 3), GraphBuilder.Int("keepdims", 0));
    }

    private static readonly Dictionary<string, string> Properties = new()
    {
        ["labels"] = """["Nothing","Left","Right"]""",
        ["size"] = "32",
        ["mean"] = "[0.5,0.5,0.5]",
        ["std"] = "[0.5,0.5,0.5]",
        ["cadence"] = "10",
        ["thresholds"] = """{"Left":0.6,"Right":0.7}""",
        ["background"] = """["Nothing"]""",
        ["version"] = "1.2.3",
        ["licence"] = "MIT",
    };

    private static string Convolution(
        GraphBuilder graph, Dice dice, string name, string x, int inputs, int outputs, int kernel, int stride, int groups, bool relu6)
    {
        var each = inputs / groups * kernel * kernel;
        graph.Constant($"{name}.weight", Random(dice, outputs * each, 2 / MathF.Sqrt(each)), outputs, inputs / groups, kernel, kernel);
        graph.Constant($"{name}.bias", Random(dice, outputs, 0.5f), outputs);
        var pad = kernel / 2;
        var y = graph.Node(
            "Conv", name, [x, $"{name}.weight", $"{name}.bias"],
            GraphBuilder.Ints("kernel_shape", kernel, kernel), GraphBuilder.Ints("strides", stride, stride),
            GraphBuilder.Ints("pads", pad, pad, pad, pad), GraphBuilder.Int("group", groups));
        return relu6 ? graph.Node("Clip", $"{name}.relu6", [y, "zero", "six"]) : y;
    }

    private static string Linear(GraphBuilder graph, Dice dice, string name, string x, int inputs, int outputs)
    {
        graph.Constant($"{name}.weight", Random(dice, inputs * outputs, 2), outputs, inputs);
        graph.Constant($"{name}.bias", Random(dice, outputs, 0.5f), outputs);
        return graph.Node("Gemm", name, [x, $"{name}.weight", $"{name}.bias"], GraphBuilder.Int("transB", 1));
    }

    private static string Memory(GraphBuilder graph, Dice dice, string x)
    {
        graph.Constant("first", 0);
        graph.Input("state_in_1", 1, 1, 4);
        graph.Constant("memory.input", Random(dice, 3 * 4 * 4, 1), 1, 12, 4);
        graph.Constant("memory.recurrent", Random(dice, 3 * 4 * 4, 1), 1, 12, 4);
        graph.Constant("memory.bias", Random(dice, 6 * 4, 0.5f), 1, 24);
        var unit = new NodeProto { OpType = "GRU", Name = "memory" };
        unit.Input.AddRange([graph.Node("Unsqueeze", "step", [x, "first"]), "memory.input", "memory.recurrent", "memory.bias", "", "state_in_1"]);
        unit.Output.AddRange(["", "state_out_1"]);
        unit.Attribute.Add([GraphBuilder.Int("hidden_size", 4), GraphBuilder.Int("linear_before_reset", 1)]);
        graph.Graph.Node.Add(unit);
        return graph.Node("Squeeze", "remembered", ["state_out_1", "first"]);
    }

    private static float[] Random(Dice dice, int count, float limit) => [.. Enumerable.Range(0, count).Select(_ => dice.Between(-limit, limit))];
}
