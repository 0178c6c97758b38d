using EdgeGesture.Configuration;
using EdgeGesture.Inputs;

namespace EdgeGesture.Outputs;

/// <summary>What must hold between the sections "outputs" and "actions", and between both and the model.</summary>
public static class ActionTable
{
    /// <summary>Finds actions on outputs that do not exist or cannot do them, and GPIO lines that are given out twice.</summary>
    public static IReadOnlyList<ConfigurationProblem> Check(IReadOnlyDictionary<string, OutputOptions> outputs, IReadOnlyList<ActionOptions> actions, ButtonOptions? button = null)
    {
        var problems = new List<ConfigurationProblem>();
        var lines = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (button is not null)
        {
            lines[button.Line] = "pauseButton";
        }

        foreach (var (name, output) in outputs)
        {
            if (output.BoardLine is { } line && !lines.TryAdd(line, name))
            {
                problems.Add(new($"outputs.{name}.line", Quote(line), $"a line that {lines[line]} does not have already"));
            }

            problems.AddRange(output.Check($"outputs.{name}"));
        }

        for (var i = 0; i < actions.Count; i++)
        {
            var action = actions[i];
            if (!outputs.TryGetValue(action.Output, out var output))
            {
                var names = outputs.Count == 0 ? "an entry of outputs, which has none," : "one of " + string.Join(", ", outputs.Keys.Select(Quote));
                problems.Add(new($"actions[{i}].output", Quote(action.Output), names));
            }
            else if (!output.Verbs.Contains(action.Do))
            {
                problems.Add(new($"actions[{i}].do", Quote(Word(action.Do)), "one of " + string.Join(", ", output.Verbs.Select(verb => Quote(Word(verb))))));
            }
        }

        return problems;
    }

    /// <summary>Finds actions on gestures that a model does not know.</summary>
    public static IReadOnlyList<ConfigurationProblem> CheckGestures(IReadOnlyList<ActionOptions> actions, IReadOnlyList<string> labels) =>
    [
        .. actions.Index().Where(pair => !labels.Contains(pair.Item.Gesture)).Select(pair =>
            new ConfigurationProblem($"actions[{pair.Index}].gesture", Quote(pair.Item.Gesture), "one of the model's labels, " + string.Join(", ", labels) + ",")),
    ];

    private static string Word(Verb verb) => char.ToLowerInvariant(verb.ToString()[0]) + verb.ToString()[1..];

    private static string Quote(string text) => $"\"{text}\"";
}
