using System.Text.Json;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests.Configuration;

public class ShippedConfigurationTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("deploy/edgegesture.json")]
    [InlineData("models/demo/edgegesture.json")]
    public void A_shipped_example_is_right_and_speaks_of_the_model_s_gestures(string path)
    {
        var options = EdgeGestureOptions.Read(Repository.File(path), [], []);
        Assert.NotEmpty(options.Actions);
        Assert.Empty(ActionTable.CheckGestures(options.Actions, JesterVocabulary.Labels));
    }

    [Fact]
    public void The_example_shows_the_defaults()
    {
        var example = EdgeGestureOptions.Read(Repository.File("deploy/edgegesture.json"), [], []);
        var defaults = new EdgeGestureOptions();
        Assert.Equal(defaults.Camera, example.Camera);
        Assert.Equal(defaults.Model, example.Model);
        Assert.Equal(defaults.Motion, example.Motion);
        Assert.Equal(defaults.Power, example.Power);
        Assert.Equal(defaults.Control, example.Control);
        Assert.Equal(defaults.Metrics, example.Metrics);
        Assert.Equal(defaults.Log, example.Log);
        Assert.Equal(defaults.Board, example.Board);
        Assert.Equal(defaults.Recognition.SmoothingSeconds, example.Recognition.SmoothingSeconds);
        Assert.Equal(defaults.Recognition.RefractorySeconds, example.Recognition.RefractorySeconds);
    }

    [Fact]
    public void The_shipped_schema_is_that_of_the_program()
    {
        var path = Repository.File("deploy/edgegesture.schema.json");
        var current = EdgeGestureOptions.Schema.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("EDGEGESTURE_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(path, current);
        }

        Assert.True(File.ReadAllText(path) == current, "Options have changed: run the tests once with EDGEGESTURE_WRITE_SCHEMA=1 and commit deploy/edgegesture.schema.json.");
    }

    [Theory]
    [InlineData("""{ "actions": [ { "gesture": "Thumb Up", "output": "lamp", "do": "on" } ] }""", "actions[0].output is \"lamp\", where an entry of outputs, which has none, is allowed")]
    [InlineData(
        """{ "outputs": { "diary": { "type": "log" } }, "actions": [ { "gesture": "Thumb Up", "output": "diary", "do": "on" } ] }""",
        "actions[0].do is \"on\", where one of \"send\" is allowed")]
    [InlineData(
        """{ "outputs": { "a": { "type": "gpio", "line": "GPIO17" }, "b": { "type": "gpio", "line": "gpio17" } } }""",
        "outputs.b.line is \"gpio17\", where a line that a does not have already is allowed")]
    [InlineData(
        """{ "pauseButton": { "line": "gpio17" }, "outputs": { "a": { "type": "gpio", "line": "GPIO17" } } }""",
        "outputs.a.line is \"GPIO17\", where a line that pauseButton does not have already is allowed")]
    [InlineData(
        """{ "outputs": { "a": { "type": "pwm", "line": "GPIO18", "frequencyHertz": 1000 } } }""",
        "outputs.a.frequencyHertz is 1000, where at most 200 on a GPIO line is allowed")]
    [InlineData("""{ "outputs": { "a": { "type": "command", "run": [] } } }""", "outputs.a.run is [], where a program and its arguments is allowed")]
    [InlineData(
        """{ "outputs": { "a": { "type": "webhook", "url": "ftp://host/" } } }""",
        "outputs.a.url is \"ftp://host/\", where an address that begins with http:// or https://, without user and password is allowed")]
    [InlineData(
        """{ "outputs": { "a": { "type": "webhook", "url": "/hook" } } }""",
        "outputs.a.url is \"/hook\", where an address that begins with http:// or https://, without user and password is allowed")]
    [InlineData(
        """{ "outputs": { "a": { "type": "mqtt", "host": "broker", "topic": "home/#" } } }""",
        "outputs.a.topic is \"home/#\", where a topic without + and # is allowed")]
    public void Outputs_and_actions_must_fit_each_other(string json, string expected)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        var error = Assert.Throws<ConfigurationException>(() => EdgeGestureOptions.Read(path, [], []));
        File.Delete(path);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_on_a_gesture_that_the_model_does_not_know_is_named()
    {
        ActionOptions[] actions = [new() { Gesture = "Wave", Output = "lamp", Do = Verb.On }];
        var problem = Assert.Single(ActionTable.CheckGestures(actions, ["Left", "Right"]));
        Assert.Equal("actions[0].gesture is \"Wave\", where one of the model's labels, Left, Right, is allowed", problem.ToString());
    }
}
