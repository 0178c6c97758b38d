using System.CommandLine;

namespace EdgeGesture.Service.Commands;

/// <summary>The models that ship with the program, and the option that names another.</summary>
internal static class ModelFiles
{
    /// <summary>Beside the program: the models and the demo clips.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The file for a name: <c>default</c> and <c>default.int8</c> ship with the program, all else is a path.</summary>
    public static string Resolve(string name) => name is "default" or "default.int8" ? Path.Combine(Folder, name + ".onnx") : Path.GetFullPath(name);

    public static Option<string?> CreateOption() => new("--model")
    {
        Description = "The model file; the one that ships with the program if not given.",
        HelpName = "FILE",
    };
}
