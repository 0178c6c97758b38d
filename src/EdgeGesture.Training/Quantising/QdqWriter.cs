using System.Runtime.InteropServices;
using EdgeGesture.Training.Exporting;
using EdgeGesture.Training.Exporting.Onnx;
using Google.Protobuf;

namespace EdgeGesture.Training.Quantising;

/// <summary>Adds QuantizeLinear and DequantizeLinear nodes with their constants to a graph.</summary>
public sealed class QdqWriter(GraphProto graph)
{
    /// <summary>float32 tensor <paramref name="name"/> to 8 bits and back; gives the name of what comes back.</summary>
    public string RoundTrip(string name, TensorScale scale, TensorProto.Types.DataType type)
    {
        Quantize(name, $"{name}.q", scale, type);
        return Dequantize($"{name}.q", scale, type);
    }

    public void Quantize(string name, string output, TensorScale scale, TensorProto.Types.DataType type) =>
        Node("QuantizeLinear", output, [name, .. Constants(scale, type)]);

    /// <summary>The 8-bit tensor <paramref name="name"/> as float32; gives its name.</summary>
    public string Dequantize(string name, TensorScale scale, TensorProto.Types.DataType type) =>
        Node("DequantizeLinear", $"{name}.dq", [name, .. Constants(scale, type)]);

    /// <summary>A constant of 8-bit or 32-bit numbers with one scale per output channel, the first axis, as float32.</summary>
    public string DequantizeWeights(string name, TensorProto.Types.DataType type, byte[] values, long[] shape, float[] scales)
    {
        Constant($"{name}.q", type, values, shape);
        Constant($"{name}.scale", TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(scales.AsSpan()), [scales.Length]);
        return Node("DequantizeLinear", $"{name}.dq", [$"{name}.q", $"{name}.scale"], GraphBuilder.Int("axis", 0));
    }

    /// <summary>A constant of signed 8-bit numbers, 1×rows×columns, times a scale of each row, as float32.</summary>
    public string MultiplyWeights(string name, byte[] values, long[] shape, float[] scales)
    {
        Constant($"{name}.q", TensorProto.Types.DataType.Int8, values, shape);
        Constant($"{name}.scale", TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(scales.AsSpan()), [1, scales.Length, 1]);
        var steps = Node("Cast", $"{name}.steps", [$"{name}.q"], GraphBuilder.Int("to", (int)TensorProto.Types.DataType.Float));
        return Node("Mul", $"{name}.dq", [steps, $"{name}.scale"]);
    }

    public void Transpose(string name, string output, params long[] axes) =>
        Node("Transpose", output, [name], GraphBuilder.Ints("perm", axes));

    private string Node(string operation, string output, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        graph.Node.Add(node);
        return output;
    }

    // Tensors of one scale share its constants.
    private string[] Constants(TensorScale scale, TensorProto.Types.DataType type)
    {
        var step = FormattableString.Invariant($"scale.{scale.Scale:R}");
        var zero = FormattableString.Invariant($"zero.{(type == TensorProto.Types.DataType.Uint8 ? "u8" : "s8")}.{scale.ZeroPoint}");
        if (graph.Initializer.All(tensor => tensor.Name != step))
            Constant(step, TensorProto.Types.DataType.Float, BitConverter.GetBytes(scale.Scale), []);
        if (graph.Initializer.All(tensor => tensor.Name != zero))
            Constant(zero, type, [(byte)scale.ZeroPoint], []);
        return [step, zero];
    }

    private void Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> values, long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(values) };
        tensor.Dims.AddRange(shape);
        graph.Initializer.Add(tensor);
    }
}
