using EdgeGesture.Models;

namespace EdgeGesture.Service.Commands;

/// <summary>What <c>edgegesture model info --json</c> prints.</summary>
internal sealed record ModelReport(
    string File,
    long Bytes,
    string Version,
    string Licence,
    int Size,
    double Cadence,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Std,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Background,
    IReadOnlyDictionary<string, float> Thresholds,
    IReadOnlyList<string> States,
    long StateBytes)
{
    public static ModelReport Of(StreamingModel model)
    {
        var metadata = model.Metadata;
        return new ModelReport(
            model.Path, new FileInfo(model.Path).Length, metadata.Version, metadata.Licence, metadata.Size, metadata.CadenceFps,
            metadata.Mean, metadata.Std, metadata.Labels, metadata.Background,
            metadata.Labels.Except(metadata.Background).ToDictionary(label => label, metadata.ThresholdOf),
            [.. model.States.Select(state => state.ToString())],
            model.States.Sum(state => state.Count * (state.IsInt8 ? 1 : sizeof(float))));
    }
}
