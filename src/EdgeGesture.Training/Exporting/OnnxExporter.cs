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
/// Writes the network as a streaming ONNX model: one frame and ten states in, scores and ten states out, batch size 1.
/// </summary>
public static class OnnxExporter
{
    private const int IrVersion = 8;
    private const int Opset = 17;

    public static void Export(TsmNetwork network, int size, ModelCardFacts facts, string path)
    {
        using var quiet = no_grad();
        var graph = new GraphBuilder();
        var x = graph.Input("frame", 1, 3, size, size);
        graph.Constant("six", [6f], []);
        graph.Constant("zero", [0f], []);
        x = Convolution(graph, network.Stem, x, ref size);
        var states = 0;
        foreach (var block in network.Blocks)
            x = Block(graph, block, x, ref size, ref states);
        x = Convolution(graph, network.Last, x, ref size);
        x = graph.Node("GlobalAveragePool", "pooled", [x]);
        x = graph.Node("Flatten", "features", [x]);
        graph.Constant("classifier.weight", Values(network.ClassifierWeight), network.ClassifierWeight.shape);
        graph.Constant("classifier.bias", Values(network.ClassifierBias), network.ClassifierBias.shape);
        graph.Node("Gemm", "scores", [x, "classifier.weight", "classifier.bias"], GraphBuilder.Int("transB", 1));

        // States come after the scores in the list of outputs, in the order of the inputs.
        var stateOutputs = graph.Graph.Output.ToList();
        graph.Graph.Output.Clear();
        graph.Output("scores", 1, network.Labels);
        graph.Graph.Output.AddRange(stateOutputs);

        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "edgegesture-train", ProducerVersion = facts.Version, Graph = graph.Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        foreach (var (key, value) in Metadata((int)graph.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue, facts))
            model.MetadataProps.Add(new StringStringEntryProto { Key = $"edgegesture.{key}", Value = value });
        ModelFile.Write(model, path);
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
            graph.Constant($"split_{state}", kept, block.Inputs - kept);
            var split = new NodeProto { OpType = "Split", Name = $"shift_{state}" };
            split.Input.AddRange([x, $"split_{state}"]);
            split.Output.AddRange([$"state_out_{state}", $"rest_{state}"]);
            split.Attribute.Add(GraphBuilder.Int("axis", 1));
            graph.Graph.Node.Add(split);
            graph.Output($"state_out_{state}", 1, kept, size, size);
            y = graph.Node("Concat", $"shifted_{state}", [$"state_in_{state}", $"rest_{state}"], GraphBuilder.Int("axis", 1));
        }

        foreach (var layer in block.Layers)
            y = Convolution(graph, layer, y, ref size);
        return block.HasResidual ? graph.Node("Add", $"{block.Layers[^1].Name}.sum", [y, x]) : y;
    }

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
