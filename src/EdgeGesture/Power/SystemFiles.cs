using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>Reads what the kernel tells under /sys and /proc.</summary>
/// <param name="root">What stands for /; another than / for a recorded tree.</param>
public sealed class SystemFiles(string root = "/")
{
    public bool Exists(string path) => File.Exists(Full(path));

    /// <summary>Reads a file without the spaces, line ends and zero bytes around its text; false where that fails.</summary>
    public bool TryReadText(string path, out string text)
    {
        try
        {
            text = File.ReadAllText(Full(path)).Trim('\0', '\n', '\r', ' ', '\t');
            return text.Length > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>Reads a file that holds one finite number; false where that fails.</summary>
    public bool TryReadNumber(string path, out double value)
    {
        value = 0;
        return TryReadText(path, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>The entries of a folder whose names fit a pattern, in order; links to folders count as such.</summary>
    public IReadOnlyList<string> Folders(string path, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(Full(path), pattern).Order(StringComparer.Ordinal).Select(found => $"{path}/{Path.GetFileName(found)}")];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string Full(string path) => Path.Join(root, path);
}
