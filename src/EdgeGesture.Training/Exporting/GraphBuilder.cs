using System.Runtime.InteropServices;
using EdgeGesture.Training.Exporting.Onnx;
using Google.Protobuf;

namespace EdgeGesture.Training.Exporting;

/// <summary>Writes down an ONNX graph node by node; each call gives the name of the new node's output.</summary>
public sealed class GraphBuilder
{
    private const int IrVersion = 8;
    private const int Opset = 17;

    public GraphProto Graph { get; } = new() { Name = "edgegesture" };

    /// <summary>The graph as a model, in the version of ONNX whose operations these are.</summary>
    public ModelProto Model()
    {
        var model = new ModelProto { IrVersion = IrVersion, Graph = Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        return model;
    }

    public string Input(string name, params long[] shape)
    {
        Graph.Input.Add(Value(name, shape));
        return name;
    }

    public void Output(string name, params long[] shape) => Graph.Output.Add(Value(name, shape));

    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
        };
        tensor.Dims.AddRange(shape);
        Graph.Initializer.Add(tensor);
        return name;
    }

    public string Constant(string name, params long[] values)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Int64,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        };
        tensor.Dims.Add(values.Length);
        Graph.Initializer.Add(tensor);
        return name;
    }

    public string Node(string operation, string output, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        return output;
    }

    /// <summary>Splits the channels of <paramref name="x"/> into parts of these many, with these names.</summary>
    public void Split(string name, string x, params (long Channels, string Name)[] parts)
    {
        var split = new NodeProto { OpType = "Split", Name = name };
        split.Input.AddRange([x, Constant($"{name}.channels", [.. parts.Select(part => part.Channels)])]);
        split.Output.AddRange(parts.Select(part => part.Name));
        split.Attribute.Add(Int("axis", 1));
        Graph.Node.Add(split);
    }

    /// <summary>Splits the channels of <paramref name="x"/> into parts of these many; gives the parts' names.</summary>
    public string[] Split(string name, string x, params long[] channels)
    {
        var parts = channels.Select((count, i) => (count, $"{name}.{i}")).ToArray();
        Split(name, x, parts);
        return [.. parts.Select(part => part.Item2)];
    }

    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Ints(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private static ValueInfoProto Value(string name, long[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions } },
        };
    }
}
