using EdgeGesture.Models;
using EdgeGesture.Training.Data;
using EdgeGesture.Training.Exporting.Onnx;
using Google.Protobuf;

namespace EdgeGesture.Training.Quantising;

/// <summary>Reads and writes streaming models as ONNX graphs.</summary>
public static class ModelFile
{
    /// <exception cref="EdgeGestureException">It is not a model that can stream.</exception>
    /// <exception cref="TrainingException">It is in int8 already.</exception>
    public static ModelProto ReadFloat(string path)
    {
        using (var model = StreamingModel.Load(path))
        {
            if (model.States.Any(state => state.IsInt8))
                throw new TrainingException($"{path} is an int8 model already; give --model the float32 file that `edgegesture-train export` wrote.");
        }

        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
    }

    /// <summary>Writes the whole file or, when the disk is full, none: a model of the same name stays as it was.</summary>
    public static void Write(ModelProto model, string path) =>
        WholeFile.Write(path, beside => File.WriteAllBytes(beside, model.ToByteArray()));
}
