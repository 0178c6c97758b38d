using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

/// <summary>
/// The public hand mesh and photos, when they lie in the folder shared/ beside the repository; tests that need them are
/// skipped elsewhere, saying so.
/// </summary>
public static class Material
{
    public static Sources Open(bool heldOut = false, bool hands = true, string? photoHands = null, string? people = null)
    {
        var shared = Find();
        Assert.SkipWhen(shared is null, "The hand mesh and photos are not in ../shared; NOTICE says where they come from.");
        return Sources.Open(
            Path.Combine(shared!, "mesh"), [Path.Combine(shared!, "stills", "rooms", "body", "left")],
            hands ? Path.Combine(shared!, "stills", "digits") : null, photoHands, people, heldOut);
    }

    /// <summary>Where hands are in those photos.</summary>
    public static string PhotoHands => Path.Combine(Root(), "src", "EdgeGesture.Training", "materials", "photo-hands.csv");

    private static string? Find()
    {
        var shared = Path.Combine(Root(), "..", "shared");
        return Directory.Exists(Path.Combine(shared, "mesh")) ? shared : null;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EdgeGesture.Training.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} lies in no copy of the repository.");
        return folder.FullName;
    }
}
