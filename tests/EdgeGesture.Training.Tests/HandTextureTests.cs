using System.Numerics;
using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class HandTextureTests
{
    private static readonly Vector3 Dark = new(0.35f, 0.22f, 0.15f);

    [Fact]
    public void The_parts_of_a_triangle_cover_all_of_it_once()
    {
        Vector2[] corners = [new(0, 0), new(4, 0), new(0, 3)];
        Assert.Equal(HandTexture.PointsOfTriangle, HandTexture.Weights.Length);
        Vector2 At(int point)
        {
            var w = HandTexture.Weights[point];
            Assert.Equal(1, w.X + w.Y + w.Z, 1e-6f);
            return w.X * corners[0] + w.Y * corners[1] + w.Z * corners[2];
        }

        var areas = new List<float>();
        for (var i = 0; i < HandTexture.Divided.Length; i += 3)
        {
            var (a, b, c) = (At(HandTexture.Divided[i]), At(HandTexture.Divided[i + 1]), At(HandTexture.Divided[i + 2]));
            areas.Add(((b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X)) / 2);
        }

        Assert.Equal(HandTexture.Parts * HandTexture.Parts, areas.Count);
        Assert.All(areas, area => Assert.Equal(6f / areas.Count, area, 1e-5f)); // all turn the same way
    }

    [Fact]
    public void A_dark_hands_palm_and_nails_are_lighter_than_its_back()
    {
        var mesh = Material.Open(hands: false).Mesh;
        var (palm, back, nail) = (0f, 0f, 0f);
        for (var seed = 0; seed < 10; seed++)
        {
            var skin = Places(mesh, new HandTexture(new Dice(seed), mesh, Dark).Colours());
            palm += skin.Where(at => at.Place is { Y: > 0.03f and < 0.08f, Z: > 0.012f }).Average(at => at.Light);
            back += skin.Where(at => at.Place is { Y: > 0.03f and < 0.08f, Z: < -0.008f }).Average(at => at.Light);

            // The middle finger's, three quarters of the way from its last joint to its tip.
            var middle = Vector3.Lerp(mesh.Pivots[13], mesh.Pivots[14], 0.75f);
            nail += skin.Where(at => Vector2.Distance(new(at.Place.X, at.Place.Y), new(middle.X, middle.Y)) < 0.005f).Max(at => at.Light);
        }

        Assert.InRange(palm / back, 1.15, 3);
        Assert.InRange(nail / back, 1.3, 4);
    }

    [Fact]
    public void A_palm_has_lines()
    {
        var mesh = Material.Open(hands: false).Mesh;
        var skin = Places(mesh, new HandTexture(new Dice(1), mesh, new Vector3(0.9f, 0.7f, 0.6f)).Colours())
            .Where(at => at.Place is { X: > -0.02f and < 0.03f, Y: > 0.045f and < 0.09f, Z: > 0.012f }).Select(at => at.Light).Order().ToList();
        Assert.True(skin[0] < 0.9 * skin[skin.Count / 2], $"The darkest place has {skin[0]}, half of them less than {skin[skin.Count / 2]}.");
    }

    private static List<(Vector3 Place, float Light)> Places(HandMesh mesh, Vector3[] colours)
    {
        var places = new List<(Vector3, float)>();
        for (var i = 0; i < colours.Length; i++)
        {
            var t = i / HandTexture.PointsOfTriangle * 3;
            var w = HandTexture.Weights[i % HandTexture.PointsOfTriangle];
            var place = w.X * mesh.Rest[mesh.Triangles[t]] + w.Y * mesh.Rest[mesh.Triangles[t + 1]] + w.Z * mesh.Rest[mesh.Triangles[t + 2]];
            places.Add((place, colours[i].X + colours[i].Y + colours[i].Z));
        }

        return places;
    }
}
