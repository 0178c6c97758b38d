using System.CommandLine;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Commands;

/// <summary>The folders of public material that clips are made of, as options.</summary>
public sealed class SourceOptions
{
    public Option<string> Mesh { get; } = new("--mesh")
    {
        Description = "Folder with the hand mesh right.glb (npm @webxr-input-profiles/assets, profiles/generic-hand).",
        Required = true,
    };

    public Option<string[]> Photos { get; } = new("--photos")
    {
        Description = "Folder of background photos (.jpg, also in subfolders); may be given several times.",
        Required = true,
    };

    public Option<string?> Hands { get; } = new("--hands")
    {
        Description = "Folder of hands before a plain wall, in folders 0 to 5 by fingers shown (ardamavi/Sign-Language-Digits-Dataset). Without it only the mesh is used.",
    };

    public Option<string?> PhotoHands { get; } = new("--photo-hands")
    {
        Description = "Where real hands are in those photos, a .csv that materials/label-hands.mjs writes: no hand is taken for background then, and photos of hands are learnt from.",
    };

    public Option<string?> People { get; } = new("--people")
    {
        Description = "Folder of people who stand behind the hand, drawn by materials/draw-people.mjs (.png with a transparent background). Without it rough figures stand there.",
    };

    public Option<bool> HeldOut { get; } = new("--held-out")
    {
        Description = "Use the tenth of the photos, hands and people that training never sees: for validation and demo clips.",
    };

    public void AddTo(Command command)
    {
        command.Add(Mesh);
        command.Add(Photos);
        command.Add(Hands);
        command.Add(PhotoHands);
        command.Add(People);
        command.Add(HeldOut);
    }

    public Sources Open(ParseResult arguments) => Sources.Open(
        arguments.GetRequiredValue(Mesh),
        arguments.GetRequiredValue(Photos),
        arguments.GetValue(Hands),
        arguments.GetValue(PhotoHands),
        arguments.GetValue(People),
        arguments.GetValue(HeldOut));
}
