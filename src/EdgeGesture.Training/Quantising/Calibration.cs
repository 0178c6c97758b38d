using EdgeGesture.Training.Data;
using EdgeGesture.Training.Exporting.Onnx;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using ModelMetadata = EdgeGesture.Models.ModelMetadata;

namespace EdgeGesture.Training.Quantising;

/// <summary>Runs a streaming model over clips, caches carried from frame to frame, and watches its activations.</summary>
public static class Calibration
{
    /// <returns>A histogram of every convolution's input and output (behind its Clip, if it has one) and of every sum.</returns>
    public static IReadOnlyDictionary<string, ActivationHistogram> Run(ModelProto model, IEnumerable<StoredClip> clips, ModelMetadata metadata)
    {
        var watched = model.Graph.Node.Where(node => node.OpType is "Conv" or "Clip" or "Add").Select(node => node.Output[0])
            .Union(model.Graph.Node.Where(node => node.OpType == "Conv").Select(node => node.Input[0]))
            .Where(name => name != "frame").ToArray();
        var histograms = watched.ToDictionary(name => name, _ => new ActivationHistogram());
        using var session = Open(model, watched);
        using var options = new RunOptions();
        var states = model.Graph.Input.Select(input => input.Name).Where(name => name != "frame").ToArray();
        string[] inputs = ["frame", .. states];
        string[] outputs = [.. states.Select(name => name.Replace("_in_", "_out_", StringComparison.Ordinal)), .. watched];
        var frame = new float[3 * metadata.Size * metadata.Size];

        // Held to the end: a call does not keep its inputs from being collected while it reads them.
        var zeros = states.Select(name => Zeros(session.InputMetadata[name].Dimensions)).ToArray();
        foreach (var clip in clips)
        {
            OrtValue[] caches = zeros;
            IDisposable? before = null;
            for (var t = 0; t < clip.Targets.Count; t++)
            {
                ClipFrames.Fill(clip, t, metadata, frame);
                using var picture = OrtValue.CreateTensorValueFromMemory(frame, [1, 3, metadata.Size, metadata.Size]);
                var results = session.Run(options, inputs, [picture, .. caches], outputs);
                before?.Dispose();
                before = results;
                caches = [.. results.Take(states.Length)];
                for (var i = 0; i < watched.Length; i++)
                {
                    var result = results[states.Length + i];
                    var shape = result.GetTensorTypeAndShape().Shape;
                    histograms[watched[i]].Add(result.GetTensorDataAsSpan<float>(), channels: shape.Length == 4 ? (int)shape[1] : 1);
                }
            }

            before?.Dispose();
        }

        foreach (var cache in zeros)
            cache.Dispose();
        return histograms;
    }

    private static InferenceSession Open(ModelProto model, IEnumerable<string> watched)
    {
        var temporary = model.Clone();
        foreach (var name in watched)
        {
            var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } };
            temporary.Graph.Output.Add(new ValueInfoProto { Name = name, Type = type });
        }

        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        return new InferenceSession(temporary.ToByteArray(), options);
    }

    private static OrtValue Zeros(int[] dimensions) =>
        OrtValue.CreateTensorValueFromMemory(new float[dimensions.Aggregate(1, (a, b) => a * b)], [.. dimensions.Select(size => (long)size)]);
}
