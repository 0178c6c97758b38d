using System.Globalization;
using System.Numerics;
using CsvHelper;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Data;

/// <summary>
/// Where real hands are in a collection of photos: a CSV file with the columns photo (a path within the collection), side,
/// score, and points (x y z of each, in pixels, separated by blanks). materials/label-hands.mjs writes it.
/// </summary>
public sealed class PhotoHands
{
    private readonly Dictionary<string, List<PhotoHand>> _byPhoto = [];

    private PhotoHands()
    {
    }

    public static PhotoHands None { get; } = new();

    /// <exception cref="TrainingException">There is no such file, or a row of it makes no sense.</exception>
    public static PhotoHands Load(string path)
    {
        if (!File.Exists(path))
            throw new TrainingException($"There is no file {path}; --photo-hands takes the .csv that materials/label-hands.mjs writes.");
        var hands = new PhotoHands();
        using var rows = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        rows.Read();
        rows.ReadHeader();
        while (rows.Read())
        {
            try
            {
                var numbers = rows.GetField("points")!.Split(' ').Select(n => float.Parse(n, CultureInfo.InvariantCulture)).ToArray();
                if (numbers.Length is not (3 or 3 * HandSight.PointCount))
                    throw new FormatException($"{numbers.Length} numbers are not the points of a hand");
                var hand = new PhotoHand(
                    rows.GetField("side")!, rows.GetField<float>("score"), [.. numbers.Chunk(3).Select(p => new Vector3(p[0], p[1], p[2]))]);
                var photo = rows.GetField("photo")!;
                if (!hands._byPhoto.TryGetValue(photo, out var list))
                    hands._byPhoto[photo] = list = [];
                list.Add(hand);
            }
            catch (Exception error) when (error is FormatException or CsvHelperException)
            {
                throw new TrainingException($"{path}, line {rows.Parser.Row}, cannot be read ({error.Message}); make the file anew with materials/label-hands.mjs.");
            }
        }

        return hands;
    }

    /// <summary>The hands in a photo file; none where nobody looked.</summary>
    public IReadOnlyList<PhotoHand> In(string file)
    {
        // The collection's folder is somewhere above the photo.
        for (var start = file.IndexOf('/', StringComparison.Ordinal); start >= 0; start = file.IndexOf('/', start + 1))
        {
            if (_byPhoto.TryGetValue(file[(start + 1)..], out var hands))
                return hands;
        }

        return _byPhoto.TryGetValue(file, out var exact) ? exact : [];
    }
}
