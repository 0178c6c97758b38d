using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeGesture.Configuration;

namespace EdgeGesture.Tests.Configuration;

public sealed partial class ConfigurationFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Without_a_file_everything_has_its_default() => Assert.Equal(new Sample().Room, Read(null).Room);

    [Fact]
    public void Comments_and_trailing_commas_are_fine()
    {
        var sample = Read("""{ /* where */ "room": { "fps": 15, }, // how fast\n }""".Replace("\\n", "\n", StringComparison.Ordinal));
        Assert.Equal(15, sample.Room.Fps);
        Assert.Equal("auto", sample.Room.Source);
    }

    [Fact]
    public void The_environment_overrides_the_file_and_the_command_line_both()
    {
        const string Json = """{ "room": { "fps": 15, "source": "a" } }""";
        var environment = new Dictionary<string, string> { ["EDGEGESTURE__ROOM__FPS"] = "20", ["EDGEGESTURE__ROOM__SOURCE"] = "b", ["HOME"] = "/" };
        var sample = Read(Json, environment, new Dictionary<string, string> { ["room.source"] = "/dev/video0" });
        Assert.Equal(20, sample.Room.Fps);
        Assert.Equal("/dev/video0", sample.Room.Source);
    }

    [Fact]
    public void An_override_reaches_into_a_part_that_the_file_does_not_have()
    {
        var sample = Read("{}", settings: new Dictionary<string, string> { ["things.lamp.type"] = "pin", ["things.lamp.line"] = "17" });
        Assert.Equal("17", Assert.IsType<Pin>(sample.Things["lamp"]).Line);
    }

    [Theory]
    [InlineData("""{ "room": { "fps": 500 } }""", "room.fps is 500, where a whole number from 1 to 120 is allowed")]
    [InlineData("""{ "room": { "fps": 1.5 } }""", "room.fps is 1.5, where a whole number from 1 to 120 is allowed")]
    [InlineData("""{ "room": { "fps": "many" } }""", "room.fps is \"many\", where a whole number from 1 to 120 is allowed")]
    [InlineData("""{ "room": { "gain": 2 } }""", "room.gain is 2, where a number from 0 to 1 is allowed")]
    [InlineData("""{ "room": { "mirror": "yes" } }""", "room.mirror is \"yes\", where true or false is allowed")]
    [InlineData("""{ "room": { "colour": "pink" } }""", "room.colour is \"pink\", where one of \"red\", \"darkBlue\" is allowed")]
    [InlineData("""{ "room": { "speed": 1 } }""", "room.speed is 1, where no such key (source, fps, gain, mirror, colour) is allowed")]
    [InlineData("""{ "rooms": {} }""", "rooms is {}, where no such key (room, things, names) is allowed")]
    [InlineData("""{ "room": null }""", "room is null, where an object is allowed")]
    [InlineData("""{ "names": [ "a", 2 ] }""", "names[1] is 2, where text is allowed")]
    [InlineData("""{ "things": { "lamp": {} } }""", "things.lamp.type is missing; give one of \"pin\", \"bell\"")]
    [InlineData("""{ "things": { "lamp": { "type": "horn" } } }""", "things.lamp.type is \"horn\", where one of \"pin\", \"bell\" is allowed")]
    [InlineData("""{ "things": { "lamp": { "type": "pin" } } }""", "things.lamp.line is missing; give text")]
    [InlineData("""{ "things": { "lamp": { "type": "bell", "line": "17" } } }""", "things.lamp.line is \"17\", where no such key")]
    public void A_mistake_names_key_value_and_what_is_allowed(string json, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(json));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read("""{ "room": { "fps": 0, "gain": 7 }, "names": 1 }"""));
        Assert.Equal(["room.fps", "room.gain", "names"], error.Problems.Select(problem => problem.Key));
    }

    [Theory]
    [InlineData("{ \"room\": ", "is not JSON at line 1")]
    [InlineData("", "is not JSON at line 1")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("{ \"room\": {}, \"room\": {} }", "is not JSON")]
    public void A_malformed_file_is_refused_with_the_place(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read("/nowhere/edgegesture.json", [], [], SampleJson.Default.Sample));
        Assert.Contains("/nowhere/edgegesture.json", error.Message, StringComparison.Ordinal);
    }

    private Sample Read(string? json, Dictionary<string, string>? environment = null, Dictionary<string, string>? settings = null)
    {
        if (json is not null)
        {
            File.WriteAllText(_path, json);
        }

        return ConfigurationFile.Read(json is null ? null : _path, environment ?? [], settings ?? [], SampleJson.Default.Sample);
    }

    internal sealed record Sample
    {
        public Room Room { get; set; } = new();

        public IReadOnlyDictionary<string, Thing> Things { get; set; } = new Dictionary<string, Thing>();

        public IReadOnlyList<string> Names { get; set; } = [];
    }

    internal sealed record Room
    {
        [Description("Where pictures come from.")]
        public string Source { get; set; } = "auto";

        [Range(1, 120)]
        public int Fps { get; set; } = 30;

        [Range(0.0, 1.0)]
        public double Gain { get; set; } = 0.5;

        public bool Mirror { get; set; }

        public Colour Colour { get; set; }
    }

    [JsonConverter(typeof(CamelCaseEnumConverter<Colour>))]
    internal enum Colour
    {
        Red,
        DarkBlue,
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
    [JsonDerivedType(typeof(Pin), "pin")]
    [JsonDerivedType(typeof(Bell), "bell")]
    internal abstract record Thing;

    internal sealed record Pin : Thing
    {
        public required string Line { get; set; }
    }

    internal sealed record Bell : Thing;

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(Sample))]
    internal sealed partial class SampleJson : JsonSerializerContext;
}
