using System.Runtime.InteropServices;
using EdgeGesture.Models;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Exporting.Onnx;

namespace EdgeGesture.Training.Quantising;

/// <summary>
/// Writes an exported float32 model anew as a static QDQ model: every convolution, sum, split and concatenation stands
/// between DequantizeLinear and QuantizeLinear nodes, in the shape that ONNX Runtime fuses into integer kernels
/// (onnxruntime.ai/docs/performance/model-optimizations/quantization.html). Weights are signed with a scale per output
/// channel, biases 32-bit in steps of input scale × weight scale, the caches signed with their zero at 0. What
/// lies between the convolutions' features and the scores, two percent of the work, stays float32.
/// </summary>
public sealed class Quantizer
{
    private readonly ModelProto _model;
    private readonly ModelMetadata _metadata;
    private readonly IReadOnlyDictionary<string, ActivationHistogram> _histograms;
    private readonly ActivationType _type;
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, NodeProto[]> _readers;
    private readonly GraphProto _graph;
    private readonly QdqWriter _qdq;

    // The scale of each quantised tensor of the float32 graph, and the name of its float32 form in the new one.
    private readonly Dictionary<string, (TensorScale Scale, string Name)> _tensors = [];

    private Quantizer(
        ModelProto model, ModelMetadata metadata, IReadOnlyDictionary<string, ActivationHistogram> histograms, ActivationType type)
    {
        _metadata = metadata;
        _model = model;
        _histograms = histograms;
        _type = type;
        _constants = model.Graph.Initializer.ToDictionary(tensor => tensor.Name);
        _readers = model.Graph.Node.SelectMany(node => node.Input.Distinct().Select(input => (input, node)))
            .GroupBy(pair => pair.input, pair => pair.node).ToDictionary(group => group.Key, group => group.ToArray());
        _graph = new GraphProto { Name = model.Graph.Name };
        _qdq = new QdqWriter(_graph);
    }

    /// <param name="model">A float32 model as `edgegesture-train export` writes it.</param>
    /// <param name="metadata">What it says of itself.</param>
    /// <param name="histograms">What <see cref="Calibration"/> saw of its activations.</param>
    /// <param name="type">The activations' type.</param>
    public static ModelProto Quantize(
        ModelProto model, ModelMetadata metadata, IReadOnlyDictionary<string, ActivationHistogram> histograms, ActivationType type) =>
        new Quantizer(model, metadata, histograms, type).Run();

    private ModelProto Run()
    {
        AddInputsAndOutputs();
        var ranges = _model.Graph.Node.Where(node => node.OpType == "Conv").Select(RangeOf).OfType<NodeProto>().ToHashSet();
        foreach (var node in _model.Graph.Node.Where(node => !ranges.Contains(node)))
        {
            switch (node.OpType)
            {
                case "Conv" when node.Name == SmallPicture.Name: Picture(node); break;
                case "Conv": Convolution(node); break;
                case "Add" when node.Input.All(_tensors.ContainsKey): Sum(node); break;
                case "Split" when _tensors.ContainsKey(node.Input[0]): Split(node); break;
                case "Concat" when _tensors.ContainsKey(node.Input[1]): Concatenation(node); break;
                case "GRU": Memory(node); break;
                case "MatMul" when Readers(node.Output[0]).Any(reader => reader.OpType == "Conv"): Picture(node); break;
                default: CopyWithConstants(node); break;
            }
        }

        var result = _model.Clone();
        result.Graph = _graph;
        foreach (var property in result.MetadataProps.Where(property => property.Key == "edgegesture.version"))
            property.Value += "+int8";
        return result;
    }

    // Black to white, normalised as the model asks.
    private TensorScale FrameScale()
    {
        var channels = _metadata.Mean.Zip(_metadata.Std, (mean, std) => (Black: -mean / std, White: (1 - mean) / std)).ToArray();
        return _type.Between(channels.Min(channel => channel.Black), channels.Max(channel => channel.White));
    }

    private void AddInputsAndOutputs()
    {
        _graph.Input.AddRange(_model.Graph.Input.Select(value => value.Clone()));
        _graph.Output.AddRange(_model.Graph.Output.Select(value => value.Clone()));
        foreach (var cache in _graph.Input.Concat(_graph.Output).Where(IsCache))
        {
            cache.Type.TensorType.ElemType = (int)_type.Onnx;
            var channels = cache.Type.TensorType.Shape.Dim[1];
            cache.Type.TensorType.Shape.Dim.RemoveAt(1);
            cache.Type.TensorType.Shape.Dim.Add(channels);
        }
    }

    // What the shift keeps, 1×C×S×S; the memory stays as it is.
    private static bool IsCache(ValueInfoProto value) =>
        value.Name is not ("frame" or "scores") && value.Type.TensorType.Shape.Dim.Count == 4;

    // A smaller picture, or a part of one, is still a picture.
    private void Picture(NodeProto node)
    {
        CopyWithConstants(node);
        Keep(node.Output[0], node.Output[0], FrameScale());
    }

    // Clip(0, 6) is nothing but a range, and the range of the convolution's scale clips as well.
    private NodeProto? RangeOf(NodeProto convolution) => Readers(convolution.Output[0]) is [{ OpType: "Clip" } only] ? only : null;

    private void Convolution(NodeProto node)
    {
        var clip = RangeOf(node);
        if (!_tensors.TryGetValue(node.Input[0], out var input))
            throw new TrainingException($"The convolution {node.Name} of the model reads {node.Input[0]}, which quantize does not know; export the model with `edgegesture-train export`.");
        var output = (clip ?? node).Output[0];
        var weights = ChannelWeights.Of(Floats(node.Input[1]), Floats(node.Input[2]), _type.WeightLimit, input.Scale.Scale, ChannelWeights.Behind(_histograms[node.Input[0]].Means, [.. _constants[node.Input[1]].Dims]));
        var convolution = Copy(node);
        convolution.Input[0] = input.Name;
        convolution.Input[1] = _qdq.DequantizeWeights(
            node.Input[1], TensorProto.Types.DataType.Int8, (byte[])(Array)weights.Weights, [.. _constants[node.Input[1]].Dims], weights.Scales);
        convolution.Input[2] = _qdq.DequantizeWeights(
            node.Input[2], TensorProto.Types.DataType.Int32, MemoryMarshal.AsBytes(weights.Biases.AsSpan()).ToArray(), [weights.Biases.Length], weights.BiasScales);

        // A node must stand after what it reads.
        _graph.Node.Remove(convolution);
        _graph.Node.Add(convolution);
        Keep(output, convolution.Output[0], ScaleOf(output, clip));
    }

    // It computes in float32; its matrices, most of what would be stored so, take 8 bits. Written as a product and not as
    // DequantizeLinear, they are brought to float32 once, when the model is loaded, and not in each frame.
    private void Memory(NodeProto node)
    {
        string Stored(string name)
        {
            var shape = _constants[name].Dims.ToArray(); // 1, rows, columns
            var weights = ChannelWeights.Of(Floats(name), new float[shape[1]], limit: 127, inputScale: 1, means: []);
            return _qdq.MultiplyWeights(name, (byte[])(Array)weights.Weights, shape, weights.Scales);
        }

        var (input, recurrent) = (Stored(node.Input[1]), Stored(node.Input[2]));
        var memory = node.Clone();
        (memory.Input[1], memory.Input[2]) = (input, recurrent);
        CopyWithConstants(memory);
    }

    private void Sum(NodeProto node)
    {
        Copy(node);
        Keep(node.Output[0], node.Output[0], ScaleOf(node.Output[0], clip: null));
    }

    // Both parts and the cache keep the scale of the whole, so splitting changes no value.
    private void Split(NodeProto node)
    {
        var scale = _tensors[node.Input[0]].Scale;
        var (state, kept) = (node.Output[0], $"{node.Name}.kept");
        var split = Copy(node);
        split.Output[0] = kept;
        _graph.Initializer.Add(_constants[node.Input[1]].Clone());
        _qdq.Quantize(kept, $"{kept}.q", scale, _type.Onnx);
        _qdq.Transpose($"{kept}.q", state, 0, 2, 3, 1);
        Keep(node.Output[1], node.Output[1], scale);
    }

    private void Concatenation(NodeProto node)
    {
        var scale = _tensors[node.Input[1]].Scale;
        _qdq.Transpose(node.Input[0], $"{node.Name}.kept", 0, 3, 1, 2);
        var state = _qdq.Dequantize($"{node.Name}.kept", scale, _type.Onnx);
        var concatenation = Copy(node);
        concatenation.Input[0] = state;
        Keep(node.Output[0], node.Output[0], scale);
    }

    // Copies a node; its inputs are the new graph's.
    private NodeProto Copy(NodeProto node)
    {
        var copy = node.Clone();
        for (var i = 0; i < copy.Input.Count; i++)
        {
            if (_tensors.TryGetValue(copy.Input[i], out var tensor))
                copy.Input[i] = tensor.Name;
        }

        _graph.Node.Add(copy);
        return copy;
    }

    private void CopyWithConstants(NodeProto node)
    {
        Copy(node);
        foreach (var name in node.Input.Where(name => _graph.Initializer.All(tensor => tensor.Name != name)))
        {
            if (_constants.TryGetValue(name, out var constant))
                _graph.Initializer.Add(constant.Clone());
        }
    }

    private void Keep(string tensor, string name, TensorScale scale) => _tensors[tensor] = (scale, _qdq.RoundTrip(name, scale, _type.Onnx));

    private TensorScale ScaleOf(string tensor, NodeProto? clip)
    {
        var cached = Readers(tensor).Any(reader => reader.OpType == "Split");
        var (floor, ceiling) = clip is null
            ? (float.NegativeInfinity, float.PositiveInfinity)
            : (Floats(clip.Input[1])[0], Floats(clip.Input[2])[0]);
        var (min, max) = _histograms[tensor].BestRange(floor, ceiling, cached);
        return cached ? _type.Symmetric(max) : _type.Between(min, max);
    }

    private NodeProto[] Readers(string tensor) => _readers.GetValueOrDefault(tensor) ?? [];

    private float[] Floats(string constant) => MemoryMarshal.Cast<byte, float>(_constants[constant].RawData.Span).ToArray();
}
