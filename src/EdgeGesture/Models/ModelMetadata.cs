using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeGesture.Models;

/// <summary>What a model file says of itself, in its ONNX metadata properties.</summary>
public sealed partial class ModelMetadata
{
    private const string Prefix = "edgegesture.";

    /// <summary>The labels; a label's index is its place in the scores.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Width and height of the input picture in pixels, 32–512.</summary>
    public required int Size { get; init; }

    /// <summary>What is subtracted from red, green and blue, on a scale of 0–1.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>What red, green and blue are then divided by, on a scale of 0–1, above 0.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    /// <summary>The frame rate that the network was trained at, in frames per second, 1–120.</summary>
    public required double CadenceFps { get; init; }

    /// <summary>The smoothed probability, 0–1, from which a label counts; labels that are missing take 0.5.</summary>
    public required IReadOnlyDictionary<string, float> Thresholds { get; init; }

    /// <summary>The labels that mean "nothing to act on".</summary>
    public required IReadOnlyList<string> Background { get; init; }

    public required string Version { get; init; }

    public required string Licence { get; init; }

    /// <summary>The threshold of a label for which the file gives none.</summary>
    public const float DefaultThreshold = 0.5f;

    public float ThresholdOf(string label) => Thresholds.TryGetValue(label, out var threshold) ? threshold : DefaultThreshold;

    /// <summary>Reads the properties of DESIGN's model file contract.</summary>
    /// <param name="properties">The ONNX metadata map.</param>
    /// <param name="path">The file, for the error.</param>
    /// <exception cref="EdgeGestureException">A property is missing or has a value that cannot be.</exception>
    public static ModelMetadata Parse(IReadOnlyDictionary<string, string> properties, string path)
    {
        var reader = new Reader(properties, path);
        var labels = reader.Json("labels", ModelMetadataJson.Default.StringArray, "a JSON array of label names");
        if (labels.Length < 2 || labels.Distinct().Count() != labels.Length)
        {
            throw reader.Wrong("labels", "at least two labels, each once");
        }

        var metadata = new ModelMetadata
        {
            Labels = labels,
            Size = (int)reader.Number("size", 32, 512),
            Mean = reader.Json("mean", ModelMetadataJson.Default.SingleArray, "three numbers, [r, g, b]"),
            Std = reader.Json("std", ModelMetadataJson.Default.SingleArray, "three numbers, [r, g, b]"),
            CadenceFps = reader.Number("cadence", 1, 120),
            Thresholds = reader.Json("thresholds", ModelMetadataJson.Default.DictionaryStringSingle, "a JSON object of label and number"),
            Background = reader.Json("background", ModelMetadataJson.Default.StringArray, "a JSON array of label names"),
            Version = reader.Text("version"),
            Licence = reader.Text("licence"),
        };

        if (metadata.Mean.Count != 3)
        {
            throw reader.Wrong("mean", "three numbers, [r, g, b]");
        }

        if (metadata.Std.Count != 3 || metadata.Std.Any(value => !(value > 0)))
        {
            throw reader.Wrong("std", "three numbers above 0, [r, g, b]");
        }

        if (metadata.Thresholds.Any(pair => !labels.Contains(pair.Key) || !(pair.Value is >= 0 and <= 1)))
        {
            throw reader.Wrong("thresholds", "numbers from 0 to 1 for labels of the model");
        }

        if (metadata.Background.Count == 0 || metadata.Background.Any(label => !labels.Contains(label)))
        {
            throw reader.Wrong("background", "at least one of the model's labels");
        }

        return metadata;
    }

    private sealed class Reader(IReadOnlyDictionary<string, string> properties, string path)
    {
        public string Text(string name) => properties.TryGetValue(Prefix + name, out var text)
            ? text
            : throw new EdgeGestureException(
                $"The model {path} lacks the metadata property {Prefix}{name}; export it with edgegesture-train, or take models/default.onnx.");

        public double Number(string name, double min, double max) =>
            double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? value
                : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));

        public T Json<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string allowed)
        {
            try
            {
                return JsonSerializer.Deserialize(Text(name), type) ?? throw Wrong(name, allowed);
            }
            catch (JsonException)
            {
                throw Wrong(name, allowed);
            }
        }

        public EdgeGestureException Wrong(string name, string allowed) => new(
            $"The model {path} has {Prefix}{name} = {Shorten(Text(name))}, where {allowed} is needed; export it again with edgegesture-train.");

        private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
    }

    [JsonSerializable(typeof(string[]))]
    [JsonSerializable(typeof(float[]))]
    [JsonSerializable(typeof(Dictionary<string, float>))]
    private sealed partial class ModelMetadataJson : JsonSerializerContext;
}
