using EdgeGesture.Training.Exporting.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace EdgeGesture.Training.Quantising;

/// <summary>What ONNX Runtime makes of a model on this processor before it runs it.</summary>
public static class OptimizedGraph
{
    /// <returns>How many nodes of each operation it runs, for example QLinearConv.</returns>
    public static IReadOnlyDictionary<string, int> CountNodes(string path)
    {
        var optimized = Path.Combine(Path.GetTempPath(), $"edgegesture-{Guid.NewGuid():N}.onnx");
        try
        {
            using (var options = new SessionOptions
            {
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                OptimizedModelFilePath = optimized,
            })
            {
                // As StreamingModel opens it; opening writes the file.
                options.AddSessionConfigEntry("session.qdqisint8allowed", "1");
                new InferenceSession(path, options).Dispose();
            }

            return ModelProto.Parser.ParseFrom(File.ReadAllBytes(optimized)).Graph.Node
                .GroupBy(node => node.OpType).ToDictionary(group => group.Key, group => group.Count());
        }
        finally
        {
            File.Delete(optimized);
        }
    }
}
