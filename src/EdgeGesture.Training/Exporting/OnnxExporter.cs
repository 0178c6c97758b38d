using System.Globalization;
using System.Text.Json;
using EdgeGesture.Models;
using EdgeGesture.Training.Exporting.Onnx;
using EdgeGesture.Training.Networks;
using EdgeGesture.Training.Quantising;
using EdgeGesture.Training.Synthesis;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Exporting;

/// <summary>
/// Writes the network as a streaming ONNX model: one frame and twelve states in, scores and twelve states out, batch size 1.
/// Constants are named as in weight files.
/// </summary>
public static class OnnxExporter
{
    public static void Export(TsmNetwork network, int size, ModelCardFacts facts, string path)
    {
        using var quiet = no_grad();
        var graph = new GraphBuilder();
        var x = graph.Input("frame", 1, 3, size, size);
        graph.Constant("six", [6f], []);
        graph.Constant("zero", [0f], []);
        graph.Constant("places", 0, 0, -1);
        var states = 0;
        var found = FirstLook(graph, network, x, size, ref states);
        Head(graph, network.Head, SecondLook(graph, network.Close, x, size, found), states);

        // States come after the scores in the list of outputs, in the order of the inputs.
        var stateOutputs = graph.Graph.Output.ToList();
        graph.Graph.Output.Clear();
        graph.Output("scores", 1, network.Labels);
        graph.Graph.Output.AddRange(stateOutputs);

        var model = graph.Model();
        (model.ProducerName, model.ProducerVersion) = ("edgegesture-train", facts.Version);
        foreach (var (key, value) in Metadata((int)graph.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue, facts))
            model.MetadataProps.Add(new StringStringEntryProto { Key = $"edgegesture.{key}", Value = value });
        ModelFile.Write(model, path);
    }

    // The probability that there is a hand, and the 40 other numbers of the one that there may be.
    private static (string Visible, string Values) FirstLook(GraphBuilder graph, TsmNetwork network, string frame, int size, ref int states)
    {
        const int Shrinks = TsmNetwork.FirstLookShrinks;
        var x = SmallPicture.Write(graph, frame, Shrinks);
        size /= Shrinks;
        x = Convolution(graph, network.Trunk.Stem, x, ref size);
        var (fine, fineSize) = (x, size);
        for (var i = 0; i < network.Trunk.Blocks.Count; i++)
        {
            x = Block(graph, network.Trunk.Blocks[i], x, ref size, ref states);
            if (i == TsmNetwork.FineBlock)
                (fine, fineSize) = (x, size);
        }

        return Sight(graph, network.Sight, (fine, fineSize), (x, size));
    }

    private static string Block(GraphBuilder graph, InvertedResidual block, string x, ref int size, ref int states)
    {
        var y = x;
        if (block.ShiftedChannels > 0)
        {
            // state_out is this frame's first channels, the convolutions see those of state_in.
            long kept = block.ShiftedChannels;
            var state = states++;
            graph.Input($"state_in_{state}", 1, kept, size, size);
            graph.Split($"shift_{state}", x, (kept, $"state_out_{state}"), (block.Inputs - kept, $"rest_{state}"));
            graph.Output($"state_out_{state}", 1, kept, size, size);
            y = graph.Node("Concat", $"shifted_{state}", [$"state_in_{state}", $"rest_{state}"], GraphBuilder.Int("axis", 1));
        }

        foreach (var layer in block.Layers)
            y = Convolution(graph, layer, y, ref size);
        return block.HasResidual ? graph.Node("Add", $"{block.Layers[^1].Name}.sum", [y, x]) : y;
    }

    // As GridFeatures.
    private static string Grid(GraphBuilder graph, GridFeatures grid, (string Name, int Size) fine, (string Name, int Size) coarse)
    {
        var name = grid.Name;
        var near = Times(graph, $"{name}.fine", grid.FineWeight, graph.Node("Reshape", $"{name}.fine_places", [fine.Name, "places"]));
        var around = Times(graph, $"{name}.coarse", grid.CoarseWeight, graph.Node("Reshape", $"{name}.coarse_places", [coarse.Name, "places"]));
        var spread = graph.Constant($"{name}.spread", GridFeatures.Spread(coarse.Size, fine.Size), coarse.Size * coarse.Size, fine.Size * fine.Size);
        var both = graph.Node("Add", $"{name}.both", [near, graph.Node("MatMul", $"{name}.around", [around, spread])]);
        return graph.Node("Relu", $"{name}.seen", [graph.Node("Add", $"{name}.biased", [both, Column(graph, $"{name}.fine.bias", grid.FineBias)])]);
    }

    // As SightHead: guesses at each place of the fine grid, then those of the place that shows a hand most.
    private static (string Visible, string Values) Sight(GraphBuilder graph, SightHead sight, (string Name, int Size) fine, (string Name, int Size) coarse)
    {
        graph.Constant("of_place", 2);
        graph.Constant("sharpness", [SightHead.Sharpness], []);
        var seen = Grid(graph, sight.Grid, fine, coarse);
        var guesses = graph.Node("Add", "sight.guesses", [Times(graph, "sight.look", sight.LookWeight, seen), Column(graph, "sight.look.bias", sight.LookBias)]);
        var parts = graph.Split("sight.parts", guesses, 1, HandSight.Count - 1);
        var attention = graph.Node("Softmax", "sight.attention", [graph.Node("Mul", "sight.sharp", [parts[0], "sharpness"])], GraphBuilder.Int("axis", 2));
        var most = graph.Node("ReduceMax", "sight.most", [parts[0]], GraphBuilder.Ints("axes", 2), GraphBuilder.Int("keepdims", 0));
        var values = graph.Node("ReduceSum", "sight.values", [graph.Node("Mul", "sight.weighted", [parts[1], attention]), "of_place"], GraphBuilder.Int("keepdims", 0));
        return (graph.Node("Sigmoid", "sight.visible", [most]), values);
    }

    // As PointMaps: the mean places 1×12×2.
    private static string Points(GraphBuilder graph, PointMaps maps, (string Name, int Size) fine, (string Name, int Size) coarse)
    {
        var seen = Grid(graph, maps.Grid, fine, coarse);
        var likely = graph.Node("Softmax", "close.points.likely", [Times(graph, "close.points.map", maps.MapWeight, seen)], GraphBuilder.Int("axis", 2));
        return graph.Node("MatMul", "close.points", [likely, graph.Constant("close.points.cells", PointMaps.Cells(fine.Size), fine.Size * fine.Size, 2)]);
    }

    private static string Times(GraphBuilder graph, string name, Tensor weight, string x) =>
        graph.Node("MatMul", name, [graph.Constant($"{name}.weight", Values(weight), weight.shape), x]);

    // To be added at each place.
    private static string Column(GraphBuilder graph, string name, Tensor bias) => graph.Constant(name, Values(bias), bias.shape[0], 1);

    // As CloseLook.See: the 41 numbers of the hand.
    private static string SecondLook(GraphBuilder graph, CloseLook look, string frame, int size, (string Visible, string Values) found)
    {
        const int Side = CloseLook.Side;
        var first = graph.Split("found", found.Values, 2, 1, 3, 6, 1, HandSight.Count - 14); // place, size, motion and growth, directions, first person, shape
        var middle = Clip("close.middle", first[0], -1, 1);
        var reach = graph.Node("Add", "close.size", [first[1], graph.Constant("close.reach", [MathF.Log(CloseLook.Reach)], [])]);
        var logHalf = Clip("close.log_half", reach, MathF.Log(CloseLook.LeastHalf), MathF.Log(CloseLook.LargestHalf));
        var half = graph.Node("Exp", "close.half", [logHalf]);
        var x = SquareCut.Write(graph, frame, size, middle, half, Side);
        var side = Side;
        x = Convolution(graph, look.Trunk.Stem, x, ref side);
        var states = 0;
        var (fine, fineSide) = ("", 0);
        for (var i = 0; i < look.Trunk.Blocks.Count; i++)
        {
            x = Block(graph, look.Trunk.Blocks[i], x, ref side, ref states);
            if (i == CloseLook.FineBlock)
                (fine, fineSide) = (x, side);
        }

        x = Convolution(graph, look.Narrowed, x, ref side);
        var points = Points(graph, look.Points, (fine, fineSide), (x, side));
        x = Convolution(graph, look.Gathered, x, ref side);
        var both = graph.Node("Concat", "close.both", [graph.Node("Flatten", "close.gathered", [x]), graph.Node("Flatten", "close.places", [points])], GraphBuilder.Int("axis", 1));
        x = Linear(graph, "close.tell", both, look.TellWeight, look.TellBias);
        var told = graph.Split("close.told", x, 1, 1, 6, 5); // visible, size, directions, straight fingers
        var parts = graph.Split("close.parts", points, 1, PointMaps.Count - 1);
        var palm = graph.Node("Squeeze", "close.palm", [parts[0], graph.Constant("close.first", 1)]);
        var place = graph.Node("Add", "place", [graph.Node("Mul", "close.place", [palm, half]), middle]);
        var length = graph.Node("Add", "length", [told[1], logHalf]);
        var ways = graph.Node("Flatten", "close.ways", [graph.Node("Sub", "close.from_palm", parts.Reverse().ToArray())]);
        var shape = graph.Node("Div", "close.shape", [ways, graph.Node("Exp", "close.length", [told[1]])]);
        var values = graph.Node("Concat", "values", [place, length, first[2], told[2], first[4], told[3], shape], GraphBuilder.Int("axis", 1));
        var visible = graph.Node("Mul", "visible", [graph.Node("Sigmoid", "close.visible", [told[0]]), found.Visible]);
        return graph.Node("Concat", "hand", [visible, graph.Node("Mul", "values_of_hand", [values, visible])], GraphBuilder.Int("axis", 1));

        string Clip(string name, string x, float least, float largest) => graph.Node(
            "Clip", name, [x, graph.Constant($"{name}.least", [least], []), graph.Constant($"{name}.largest", [largest], [])]);
    }

    // As RecurrentHead; read back by InitialWeights.
    private static void Head(GraphBuilder graph, RecurrentHead head, string features, int state)
    {
        const int Width = RecurrentHead.Width;
        graph.Constant("first", 0);
        graph.Constant("change_scale", [RecurrentHead.ChangeScale], []);
        graph.Constant("newest_share", [RecurrentHead.NewestShare], []);
        var before = graph.Input($"state_in_{state}", 1, HandSight.Count);
        var newer = graph.Node("Mul", "newer", [graph.Node("Sub", "difference", [features, before]), "newest_share"]);
        graph.Output(graph.Node("Add", $"state_out_{state}", [before, newer]), 1, HandSight.Count);
        var now = graph.Split("now", features, 1, HandSight.Count - 1);
        var past = graph.Split("past", before, 1, HandSight.Count - 1);
        var surer = graph.Node("Sub", "surer", [now[0], past[0]]);
        var way = graph.Node("Sub", "way", [graph.Node("Mul", "way.now", [past[0], now[1]]), graph.Node("Mul", "way.past", [now[0], past[1]])]);
        var changes = graph.Node("Concat", "changes", [surer, way], GraphBuilder.Int("axis", 1));
        var change = graph.Node("Mul", "change", [changes, "change_scale"]);
        state++;
        var both = graph.Node("Concat", "features", [features, change], GraphBuilder.Int("axis", 1));
        var seen = graph.Node("Relu", "seen", [Linear(graph, "projection", both, head.Projection.weight!, head.Projection.bias!)]);
        var step = graph.Node("Unsqueeze", "step", [seen, "first"]);
        graph.Input($"state_in_{state}", 1, 1, Width);
        var unit = new NodeProto { OpType = "GRU", Name = "memory" };
        unit.Input.AddRange(
        [
            step,
            graph.Constant("memory.input", OnnxGates(head.Unit.get_parameter("weight_ih_l0")!), 1, 3 * Width, Width),
            graph.Constant("memory.recurrent", OnnxGates(head.Unit.get_parameter("weight_hh_l0")!), 1, 3 * Width, Width),
            graph.Constant("memory.bias", [.. OnnxGates(head.Unit.get_parameter("bias_ih_l0")!), .. OnnxGates(head.Unit.get_parameter("bias_hh_l0")!)], 1, 6 * Width),
            "",
            $"state_in_{state}",
        ]);
        unit.Output.AddRange(["", $"state_out_{state}"]);
        unit.Attribute.Add([GraphBuilder.Int("hidden_size", Width), GraphBuilder.Int("linear_before_reset", 1)]);
        graph.Graph.Node.Add(unit);
        graph.Output($"state_out_{state}", 1, 1, Width);
        var remembered = graph.Node("Squeeze", "remembered", [$"state_out_{state}", "first"]);
        var scores = Linear(graph, "scores_seen", seen, head.Seen.weight!, head.Seen.bias!);
        graph.Constant("scores.weight", Values(head.Remembered.weight!), head.Remembered.weight!.shape);
        Decide(graph, graph.Node("Gemm", "scores_remembered", [remembered, "scores.weight", scores], GraphBuilder.Int("transB", 1)));
    }

    // As Siblings.
    private static void Decide(GraphBuilder graph, string scores)
    {
        var labels = JesterVocabulary.Labels.Count;
        var likely = graph.Node("Softmax", "likely", [scores], GraphBuilder.Int("axis", 1));
        var other = graph.Node("MatMul", "sibling", [likely, graph.Constant("sibling.shares", Siblings.Shares, labels, labels)]);
        var both = graph.Node("Add", "likely.both", [likely, other]);
        var first = graph.Node("GreaterOrEqual", "likelier", [likely, other]);
        var decided = graph.Node("Where", "decided", [first, both, graph.Constant("decided.least", [Siblings.Least], [])]);
        graph.Node("Log", "scores", [decided]);
    }

    private static string Linear(GraphBuilder graph, string name, string x, Tensor weight, Tensor bias) => graph.Node(
        "Gemm",
        name,
        [x, graph.Constant($"{name}.weight", Values(weight), weight.shape), graph.Constant($"{name}.bias", Values(bias), bias.shape)],
        GraphBuilder.Int("transB", 1));

    private static float[] OnnxGates(Tensor gates) => Values(RecurrentHead.SwapGates(gates));

    private static string Convolution(GraphBuilder graph, ConvLayer layer, string x, ref int size)
    {
        var (before, after) = layer.Padding(size);
        size = layer.OutputSize(size);
        var y = graph.Node(
            "Conv",
            layer.Name,
            [
                x,
                graph.Constant($"{layer.Name}.weight", Values(layer.Weight), layer.Weight.shape),
                graph.Constant($"{layer.Name}.bias", Values(layer.Bias), layer.Bias.shape),
            ],
            GraphBuilder.Ints("kernel_shape", layer.Kernel, layer.Kernel),
            GraphBuilder.Ints("strides", layer.Stride, layer.Stride),
            GraphBuilder.Ints("pads", before, before, after, after),
            GraphBuilder.Int("group", layer.Groups));
        return layer.Relu6 ? graph.Node("Clip", $"{layer.Name}.relu6", [y, "zero", "six"]) : y;
    }

    private static Dictionary<string, string> Metadata(int size, ModelCardFacts facts) => new()
    {
        ["labels"] = JsonSerializer.Serialize(JesterVocabulary.Labels),
        ["size"] = size.ToString(CultureInfo.InvariantCulture),
        ["mean"] = "[0.5,0.5,0.5]",
        ["std"] = "[0.5,0.5,0.5]",
        ["cadence"] = ClipRenderer.CadenceFps.ToString(CultureInfo.InvariantCulture),
        ["thresholds"] = JsonSerializer.Serialize(facts.Thresholds),
        ["background"] = JsonSerializer.Serialize(JesterVocabulary.Background),
        ["version"] = facts.Version,
        ["licence"] = facts.Licence,
    };

    private static float[] Values(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
