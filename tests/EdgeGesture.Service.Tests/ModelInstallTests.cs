using EdgeGesture.Service.Tests.Support;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Service.Tests;

public sealed class ModelInstallTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;
    private readonly TinyModelFile _model = new();

    private string Target => Path.Combine(_folder, "models", "tiny.onnx");

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_sound_model_is_copied_whole_and_replaces_an_older_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, "an older one");
        var result = ServiceProgram.Run("model", "install", _model.Path, "--dir", Path.GetDirectoryName(Target)!);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains($"\"model\": {{ \"file\": \"{Target}\" }}", result.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_model.Path), File.ReadAllBytes(Target));
        Assert.True(File.GetUnixFileMode(Target).HasFlag(UnixFileMode.OtherRead));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void A_damaged_model_is_refused_and_the_older_one_stays()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, "an older one");
        File.WriteAllBytes(_model.Path, File.ReadAllBytes(_model.Path)[..^20]);
        var result = ServiceProgram.Run("model", "install", _model.Path, "--dir", Path.GetDirectoryName(Target)!);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("tiny.onnx", result.Errors, StringComparison.Ordinal);
        Assert.Equal("an older one", File.ReadAllText(Target));
    }

    [Fact]
    public void A_folder_that_cannot_be_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "models"), "a file");
        var result = ServiceProgram.Run("model", "install", _model.Path, "--dir", Path.Combine(_folder, "models"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be copied to", result.Errors, StringComparison.Ordinal);
    }
}
