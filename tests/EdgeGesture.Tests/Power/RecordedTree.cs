using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

/// <summary>A tree of files as a board's kernel shows it, in a temporary folder.</summary>
internal sealed class RecordedTree : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("edgegesture-tree-").FullName;

    public RecordedTree() => Files = new SystemFiles(_root);

    public SystemFiles Files { get; }

    public string this[string path]
    {
        set
        {
            var full = Path.Join(_root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, value);
        }
    }

    public void Remove(string path) => File.Delete(Path.Join(_root, path));

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
