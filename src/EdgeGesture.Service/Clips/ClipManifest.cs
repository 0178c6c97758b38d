using System.Globalization;
using CsvHelper;

namespace EdgeGesture.Service.Clips;

/// <summary>A folder of clips with its <c>manifest.csv</c>: the columns path (from the folder) and label.</summary>
internal static class ClipManifest
{
    public const string FileName = "manifest.csv";

    internal sealed record Entry(string Path, string Label);

    /// <exception cref="EdgeGestureException">There is no manifest, it is not one, or it names no clip.</exception>
    public static IReadOnlyList<Entry> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new EdgeGestureException($"There is no {path}; write one with the columns path,label, a line for each clip.");
        }

        try
        {
            using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
            var entries = new List<Entry>();
            reader.Read();
            reader.ReadHeader();
            while (reader.Read())
            {
                entries.Add(new Entry(reader.GetField("path")!, reader.GetField("label")!));
            }

            return entries.Count > 0 ? entries : throw new EdgeGestureException($"The manifest {path} names no clip; add a line path,label for each.");
        }
        catch (CsvHelperException exception)
        {
            throw new EdgeGestureException($"The manifest {path} cannot be read as CSV with the columns path,label; check its first line.", exception);
        }
    }
}
