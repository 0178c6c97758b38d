using EdgeGesture.Training.Synthesis;
using OpenCvSharp;

namespace EdgeGesture.Training.Tests;

public class PersonTests
{
    private static readonly Vec3b Brown = new(60, 90, 140); // blue, green, red

    [Fact]
    public void A_drawn_person_covers_the_picture_below_the_head_and_leaves_the_rest()
    {
        using var folder = new TemporaryFolder();
        var person = Someone(folder.Root, Brown);
        var picture = new Picture();
        Array.Fill(picture.Values, 2f);
        person.Paint(picture, 0);
        var painted = Enumerable.Range(0, Picture.Width * Picture.Height).Where(at => picture.Values[at * 3] < 1.5f).ToList();
        Assert.InRange(painted.Count, 500, Picture.Width * Picture.Height * 0.9);
        Assert.Contains(painted, at => at / Picture.Width == Picture.Height - 1);
        Assert.All(picture.Values, value => Assert.InRange(value, 0, 2));
    }

    [Fact]
    public void A_person_moves_and_the_same_moment_looks_the_same()
    {
        using var folder = new TemporaryFolder();
        var person = Someone(folder.Root, Brown);
        var (first, again, later) = (new Picture(), new Picture(), new Picture());
        person.Paint(first, 0.2f);
        person.Paint(again, 0.2f);
        person.Paint(later, 1.2f);
        Assert.Equal(first.Values, again.Values);
        Assert.NotEqual(first.Values, later.Values);
    }

    [Fact]
    public void The_hand_gets_the_skin_of_the_face_unless_something_hides_it()
    {
        using var folder = new TemporaryFolder();
        var skin = Someone(folder.Root, Brown).Skin;
        Assert.NotNull(skin);
        Assert.True(skin.Value.X > skin.Value.Y && skin.Value.Y > skin.Value.Z);
        using var masked = new TemporaryFolder();
        Assert.Null(Someone(masked.Root, new Vec3b(200, 80, 30)).Skin);
    }

    [Fact]
    public void A_picture_without_transparency_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        using var opaque = new Mat(273, 208, MatType.CV_8UC3, Scalar.Gray);
        for (var n = 0; n < 10; n++)
            Cv2.ImWrite(Path.Combine(folder.Root, $"wall{n}.png"), opaque);
        var error = Assert.Throws<TrainingException>(() => FirstOf(Material.Open(hands: false, people: folder.Root)));
        Assert.Contains(".png is not a picture with transparency", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Held_out_people_are_never_among_those_to_learn_from()
    {
        using var folder = new TemporaryFolder();
        Draw(folder.Root, Brown);
        var learn = Material.Open(hands: false, people: folder.Root).People;
        var heldOut = Material.Open(heldOut: true, hands: false, people: folder.Root).People;
        Assert.Equal(9, learn.Count);
        Assert.Single(heldOut);
        Assert.Empty(learn.Intersect(heldOut));
    }

    [Fact]
    public void A_folder_without_people_is_refused()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TrainingException>(() => Material.Open(hands: false, people: folder.Root));
        Assert.Contains("--people takes a folder that holds some", error.Message, StringComparison.Ordinal);
    }

    private static Person Someone(string folder, Vec3b face)
    {
        Draw(folder, face);
        return FirstOf(Material.Open(hands: false, people: folder));
    }

    // In some clips nobody stands there.
    private static Person FirstOf(Sources sources) =>
        Enumerable.Range(0, 50).SelectMany(seed => Person.Some(new Dice(seed), sources)).First();

    // Ten people with a head, where materials/draw-people.mjs draws one, and a trunk down to the picture's edge.
    private static void Draw(string folder, Vec3b face)
    {
        using var drawing = new Mat(273, 208, MatType.CV_8UC4, Scalar.All(0));
        Cv2.Ellipse(drawing, new Point(104, 46), new Size(22, 30), 0, 0, 360, new Scalar(face.Item0, face.Item1, face.Item2, 255), thickness: -1);
        Cv2.Rectangle(drawing, new Rect(54, 85, 100, 188), new Scalar(90, 60, 40, 255), thickness: -1);
        for (var n = 0; n < 10; n++)
            Cv2.ImWrite(Path.Combine(folder, $"person{n}.png"), drawing);
    }
}
