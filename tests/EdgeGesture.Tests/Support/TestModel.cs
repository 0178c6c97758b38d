using EdgeGesture.Models;

namespace EdgeGesture.Tests.Support;

/// <summary>Metadata of models that exist only in tests.</summary>
internal static class TestModel
{
    public static ModelMetadata Metadata(int size = 32, float threshold = 0.6f) => new()
    {
        Labels = ["Nothing", "Left", "Right"],
        Size = size,
        Mean = [0.5f, 0.5f, 0.5f],
        Std = [0.5f, 0.5f, 0.5f],
        CadenceFps = 10,
        Thresholds = new Dictionary<string, float> { ["Left"] = threshold, ["Right"] = threshold },
        Background = ["Nothing"],
        Version = "test",
        Licence = "MIT",
    };
}
