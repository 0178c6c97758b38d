using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;
using SkiaSharp;

namespace EdgeGesture.Service.Tests.Snapshots;

public sealed class SnapshotCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();

    private string Socket => Path.Combine(_folder, "control.sock");

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("look.jpg", SKEncodedImageFormat.Jpeg)]
    [InlineData("look.PNG", SKEncodedImageFormat.Png)]
    public void It_shows_the_picture_and_what_the_network_makes_of_it(string name, SKEncodedImageFormat format)
    {
        using var service = Start(allowed: true);
        service.WaitForLine("Watching");
        var file = Path.Combine(_folder, name);
        var result = ServiceProgram.Run("snapshot", file, "--socket", Socket);
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        using var codec = SKCodec.Create(file);
        Assert.Equal(format, codec.EncodedFormat);
        using var picture = SKBitmap.Decode(codec);
        Assert.Equal((480, 360 + 176), (picture.Width, picture.Height)); // 32×24, 15 times as large, and the panel
        AssertNear(new SKColor(130, 130, 130), picture.GetPixel(200, 100)); // the grey scene
        AssertNear(SKColors.Yellow, picture.GetPixel(0, 180)); // framed, as the network sees all of it
        AssertNear(new SKColor(130, 130, 130), picture.GetPixel(100, 450)); // the network's own picture
        Assert.Contains(Enumerable.Range(0, 200 * 40), i => picture.GetPixel(180 + i % 200, 368 + i / 200).Red > 200); // writing
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.tmp"));
        service.Stop();
    }

    [Fact]
    public void Nobody_sees_the_picture_unless_the_configuration_allows_it()
    {
        using var service = Start(allowed: false);
        service.WaitForLine("Watching");
        var file = Path.Combine(_folder, "look.jpg");
        var result = ServiceProgram.Run("snapshot", file, "--socket", Socket);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("set control.allowSnapshot to true", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        service.Stop();
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named()
    {
        using var service = Start(allowed: true);
        service.WaitForLine("Watching");
        var result = ServiceProgram.Run("snapshot", "/nowhere/look.jpg", "--socket", Socket);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The picture /nowhere/look.jpg cannot be written", result.Errors, StringComparison.Ordinal);
        service.Stop();
    }

    [Fact]
    public void Another_kind_of_file_is_bad_usage() => Assert.Equal(2, ServiceProgram.Run("snapshot", "look.bmp").ExitCode);

    private static void AssertNear(SKColor expected, SKColor actual) => Assert.True(
        Math.Abs(expected.Red - actual.Red) + Math.Abs(expected.Green - actual.Green) + Math.Abs(expected.Blue - actual.Blue) < 60, $"{actual} where {expected} was expected");

    private ServiceProgram Start(bool allowed) => ServiceProgram.Start(
        ["run", "--model", _model.Path, "--camera", TestVideo.Still(_folder, frames: 20), "--set", "camera.loop=true", "--set", "board=simulated", "--set", $"control.socket={Socket}", "--set", $"control.allowSnapshot={(allowed ? "true" : "false")}"]);
}
