using EdgeGesture.Models;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Fitting;

/// <summary>What a gesture of one's own clips takes the place of in what a model knows.</summary>
/// <param name="Own">The index of the label of one's own.</param>
/// <param name="Replaced">Labels of which what the model knows must not be rehearsed beside it; none where it is the gesture that the model knows.</param>
internal sealed record Replacement(int Own, IReadOnlyList<int> Replaced)
{
    private const float SurelyTold = 0.5f;
    private const float MostClips = 0.5f;

    /// <summary>
    /// A gesture whose clips the model does not mostly take for it is another motion than the model knows by that name. What it
    /// takes half of them or more for is replaced, too: the same motion cannot have two names.
    /// </summary>
    /// <param name="own">What the model, which has not learnt from them yet, takes one's own clips for.</param>
    public static IReadOnlyList<Replacement> Of(IReadOnlyList<Peak> own) =>
        [.. own.Where(clip => !GestureBook.IsBackground(clip.Label)).GroupBy(clip => clip.Label).Select(clips => Of(clips.Key, [.. clips]))];

    public override string ToString()
    {
        if (Replaced.Count == 0)
            return $"\"{JesterVocabulary.Labels[Own]}\" is the gesture that the model knows: it goes on learning it.";
        var others = string.Join(" and ", Replaced.Where(label => label != Own).Select(label => $"\"{JesterVocabulary.Labels[label]}\""));
        return $"\"{JesterVocabulary.Labels[Own]}\" takes the place of the gesture that the model knows by that name{(others.Length == 0 ? "" : $", and of {others}, which it was taken for")}.";
    }

    private static Replacement Of(int own, IReadOnlyList<Peak> clips)
    {
        var taken = clips.SelectMany(clip => clip.Probabilities.Index().Where(label => label.Item > SurelyTold && !GestureBook.IsBackground(label.Index)))
            .CountBy(label => label.Index)
            .Where(label => label.Value >= MostClips * clips.Count)
            .OrderByDescending(label => label.Value)
            .Select(label => label.Key)
            .ToList();
        return new Replacement(own, taken is [var most, ..] && most == own ? [] : [own, .. taken.Where(label => label != own)]);
    }
}
