using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeGesture.Models;

/// <summary>
/// The inputs and outputs that a model file must have: <c>frame</c> and <c>state_in_0…k</c>, <c>scores</c> and
/// <c>state_out_0…k</c>, with every dimension fixed.
/// </summary>
internal static class ModelSignature
{
    public const string Frame = "frame";
    public const string Scores = "scores";

    public static string StateIn(int index) => $"state_in_{index}";

    public static string StateOut(int index) => $"state_out_{index}";

    /// <summary>The caches of a session whose every tensor is as it must be.</summary>
    /// <exception cref="EdgeGestureException">A tensor is missing or has another shape or type.</exception>
    public static IReadOnlyList<TensorShape> StatesOf(InferenceSession session, ModelMetadata metadata, string path)
    {
        var inputs = session.InputMetadata;
        var outputs = session.OutputMetadata;
        Expect(inputs, "input", Frame, [1, 3, metadata.Size, metadata.Size], "edgegesture.size", path);
        Expect(outputs, "output", Scores, [1, metadata.Labels.Count], "edgegesture.labels", path);

        var count = inputs.Count - 1;
        if (count < 1 || outputs.Count != inputs.Count)
        {
            throw Refuse(path, $"{inputs.Count} inputs and {outputs.Count} outputs, where frame with state_in_0…k and scores with state_out_0…k are needed");
        }

        var states = new List<TensorShape>(count);
        for (var i = 0; i < count; i++)
        {
            var read = Find(inputs, "input", StateIn(i), path);
            var write = Find(outputs, "output", StateOut(i), path);
            if (read.ElementDataType is not (TensorElementType.Float or TensorElementType.Int8 or TensorElementType.UInt8) || read.ElementDataType != write.ElementDataType
                || read.Dimensions.Length == 0 || read.Dimensions.Any(dimension => dimension < 1) || !read.Dimensions.SequenceEqual(write.Dimensions))
            {
                throw Refuse(path, $"{StateIn(i)} {Describe(read)} and {StateOut(i)} {Describe(write)}, where both must have one fixed shape and type");
            }

            states.Add(new TensorShape(StateIn(i), [.. read.Dimensions.Select(dimension => (long)dimension)], read.ElementDataType));
        }

        return states;
    }

    private static void Expect(IReadOnlyDictionary<string, NodeMetadata> tensors, string kind, string name, int[] dimensions, string because, string path)
    {
        var tensor = Find(tensors, kind, name, path);
        if (tensor.ElementDataType != TensorElementType.Float || !tensor.Dimensions.SequenceEqual(dimensions))
        {
            throw Refuse(path, $"the {kind} {name} {Describe(tensor)}, where {because} asks for float {string.Join('×', dimensions)}");
        }
    }

    private static NodeMetadata Find(IReadOnlyDictionary<string, NodeMetadata> tensors, string kind, string name, string path) =>
        tensors.TryGetValue(name, out var tensor) && tensor.IsTensor ? tensor : throw Refuse(path, $"no {kind} called {name}");

    private static string Describe(NodeMetadata tensor) =>
        $"{tensor.ElementDataType.ToString().ToLowerInvariant()} {string.Join('×', tensor.Dimensions)}";

    private static EdgeGestureException Refuse(string path, string found) =>
        new($"The model {path} has {found}; export it with edgegesture-train, or take models/default.onnx.");
}
