using EdgeGesture.Training.Data;

namespace EdgeGesture.Training.Synthesis;

/// <summary>The public material that clips are made of. A tenth of the photos, hands and people is held out from training.</summary>
public sealed class Sources
{
    private const int HeldOutEvery = 10;

    private Sources(HandMesh mesh, IReadOnlyList<string> photos, IReadOnlyDictionary<int, IReadOnlyList<HandSprite>> sprites, PhotoHands hands, IReadOnlyList<string> people, bool heldOut)
    {
        Mesh = mesh;
        Photos = photos;
        Sprites = sprites;
        Hands = hands;
        People = people;
        PhotosOfHands = heldOut ? [] : [.. photos.Where(photo => PhotoClip.Shows(hands.In(photo)))];
    }

    public HandMesh Mesh { get; }

    /// <summary>Files of photos for backgrounds.</summary>
    public IReadOnlyList<string> Photos { get; }

    /// <summary>Where real hands are in the photos.</summary>
    public PhotoHands Hands { get; }

    /// <summary>Those of the photos that show a hand well enough to learn from it; none are held out.</summary>
    public IReadOnlyList<string> PhotosOfHands { get; }

    /// <summary>Files of drawn people; empty without a folder of them.</summary>
    public IReadOnlyList<string> People { get; }

    /// <summary>Cut-out hands by the number of fingers they show; empty without a folder of hands.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<HandSprite>> Sprites { get; }

    /// <summary>
    /// Opens the folders: <paramref name="mesh"/> holds right.glb, <paramref name="photos"/> hold JPEG files, and
    /// <paramref name="hands"/> a folder 0…5 for each number of fingers shown; <paramref name="photoHands"/> says where the
    /// hands in all of them are; <paramref name="people"/> holds PNG files of people before nothing.
    /// </summary>
    public static Sources Open(string mesh, IReadOnlyList<string> photos, string? hands, string? photoHands, string? people, bool heldOut)
    {
        var found = photoHands is null ? PhotoHands.None : PhotoHands.Load(photoHands);
        var files = new List<string>();
        foreach (var folder in photos)
            files.AddRange(Part(Files(folder, "*.jpg", "--photos"), heldOut));
        var sprites = new Dictionary<int, IReadOnlyList<HandSprite>>();
        if (hands is not null)
        {
            for (var fingers = 0; fingers <= 5; fingers++)
            {
                var folder = Path.Combine(hands, $"{fingers}");
                sprites[fingers] = [.. Part(Files(folder, "*.jpg", "--hands"), heldOut).Select(file => HandSprite.Cut(file, found.In(file))).OfType<HandSprite>()];
                if (sprites[fingers].Count == 0)
                    throw new TrainingException($"No hand could be cut out of the photos in {folder}; --hands takes photos of hands before a plain wall, in folders 0 to 5.");
            }
        }

        var figures = people is null ? [] : Part(Files(people, "*.png", "--people"), heldOut).ToList();
        return new Sources(HandMesh.Load(Path.Combine(mesh, "right.glb")), files, sprites, found, figures, heldOut);
    }

    private static IEnumerable<string> Part(IEnumerable<string> files, bool heldOut) =>
        files.Where((_, index) => index % HeldOutEvery == HeldOutEvery - 1 == heldOut);

    private static string[] Files(string folder, string pattern, string option)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories) : [];
        if (files.Length == 0)
            throw new TrainingException($"There are no {pattern} pictures in {folder}; {option} takes a folder that holds some.");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
