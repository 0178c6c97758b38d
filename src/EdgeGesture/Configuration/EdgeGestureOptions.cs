using System.ComponentModel;
using System.Text.Json.Serialization;
using EdgeGesture.Cameras;
using EdgeGesture.Inputs;
using EdgeGesture.Outputs;
using EdgeGesture.Power;
using EdgeGesture.Recognition;
using EdgeGesture.Vision;

namespace EdgeGesture.Configuration;

/// <summary>The whole configuration: one record for each room of the program.</summary>
public sealed partial record EdgeGestureOptions
{
    [Description("Where frames come from.")]
    public CameraOptions Camera { get; set; } = new();

    [Description("The network.")]
    public ModelOptions Model { get; set; } = new();

    [Description("When the network sleeps because nothing moves.")]
    public MotionGateOptions Motion { get; set; } = new();

    [Description("When scores become an event.")]
    public DecoderOptions Recognition { get; set; } = new();

    [Description("The GPIO chip: \"auto\" finds the header's, a label such as pinctrl-bcm2711 names one, \"simulated\" only writes levels down.")]
    public string Board { get; set; } = "auto";

    [Description("What can be driven, by a name of your choice.")]
    public IReadOnlyDictionary<string, OutputOptions> Outputs { get; set; } = new Dictionary<string, OutputOptions>();

    [Description("Which gesture does what to which output; a gesture may do several things.")]
    public IReadOnlyList<ActionOptions> Actions { get; set; } = [];

    [Description("A push button that pauses recognition, and resumes it.")]
    public ButtonOptions? PauseButton { get; set; }

    [Description("What measures the power, and how much may be used.")]
    public PowerOptions Power { get; set; } = new();

    [Description("How people on this machine look inside.")]
    public ControlOptions Control { get; set; } = new();

    [Description("Figures for Prometheus.")]
    public MetricsOptions Metrics { get; set; } = new();

    [Description("What the log holds and how it looks.")]
    public LogOptions Log { get; set; } = new();

    /// <summary>The JSON schema of the whole.</summary>
    public static System.Text.Json.Nodes.JsonObject Schema => ConfigurationSchema.Of(OptionsJson.Default.EdgeGestureOptions);

    /// <summary>Reads and checks a configuration; see <see cref="ConfigurationFile.Read"/>.</summary>
    /// <exception cref="ConfigurationException">There is a mistake in it.</exception>
    public static EdgeGestureOptions Read(
        string? path, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var options = ConfigurationFile.Read(path, environment, settings, OptionsJson.Default.EdgeGestureOptions);
        var problems = ActionTable.Check(options.Outputs, options.Actions, options.PauseButton);
        return problems.Count == 0 ? options : throw new ConfigurationException(path ?? "(no file)", problems);
    }

    /// <summary>The whole as JSON, defaults included.</summary>
    public System.Text.Json.Nodes.JsonObject ToJson() => System.Text.Json.JsonSerializer.SerializeToNode(this, OptionsJson.Default.EdgeGestureOptions)!.AsObject();

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true)]
    [JsonSerializable(typeof(EdgeGestureOptions))]
    private sealed partial class OptionsJson : JsonSerializerContext;
}
