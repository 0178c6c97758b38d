using EdgeGesture.Models;

namespace EdgeGesture.Service.Commands;

/// <summary>Runs a model on pictures that need no camera: it must give finite scores, and its caches must matter.</summary>
internal static class ModelCheck
{
    private const int Frames = 4;

    /// <exception cref="EdgeGestureException">The scores are not numbers, or do not depend on the frames before.</exception>
    public static void Run(StreamingModel model)
    {
        var random = new Random(1);
        foreach (ref var value in model.Frame)
        {
            value = random.NextSingle() * 2 - 1;
        }

        model.Reset();
        model.Step();
        var first = model.Scores.ToArray();
        for (var i = 1; i < Frames; i++)
        {
            model.Step();
        }

        if (model.Scores.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw new EdgeGestureException($"The model {model.Path} gives scores that are not numbers; export it again with edgegesture-train.");
        }

        if (model.Scores.SequenceEqual(first))
        {
            throw new EdgeGestureException($"The model {model.Path} gives the same scores whatever came before, so its caches do nothing; export it again with edgegesture-train.");
        }
    }
}
