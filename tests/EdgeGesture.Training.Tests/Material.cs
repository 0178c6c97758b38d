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

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeGesture.Training.sln")))
            {
                var shared = Path.Combine(folder.Parent!.FullName, "shared");
                return Directory.Exists(Path.Combine(shared, "mesh")) ? shared : null;
            }
        }

        return null;
    }
}
