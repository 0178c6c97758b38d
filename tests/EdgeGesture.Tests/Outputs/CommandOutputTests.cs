using EdgeGesture.Outputs;
using EdgeGesture.Recognition;

namespace EdgeGesture.Tests.Outputs;

public sealed class CommandOutputTests : IDisposable
{
    private static readonly GestureEvent Gesture = new("Thumb Up", 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);
    private static readonly ActionOptions Action = new() { Gesture = "Thumb Up", Output = "script", Do = Verb.Send };

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_program_gets_its_arguments_and_the_gesture()
    {
        var file = Path.Combine(_folder, "out");
        Perform("/bin/sh", "-c", "echo \"$1 $EDGEGESTURE_GESTURE $EDGEGESTURE_CONFIDENCE\" >\"$2\"; echo noise", "sh", "$(not expanded)", file);
        Assert.Equal("$(not expanded) Thumb Up 0.900\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_failure_is_said_with_its_exit_code() => Assert.Contains("exited with 3", Failure("/bin/sh", "-c", "exit 3"), StringComparison.Ordinal);

    [Fact]
    public void A_program_that_is_not_there_is_named() => Assert.Contains("/nowhere/script cannot be started", Failure("/nowhere/script"), StringComparison.Ordinal);

    [Fact]
    public void A_program_that_hangs_is_killed_with_its_children()
    {
        var output = new CommandOutput(new CommandOptions { Run = ["/bin/sh", "-c", "sleep 1000 & wait"], TimeoutSeconds = 0.2 });
        var error = Assert.Throws<EdgeGestureException>(() => output.Perform(Action, Gesture, CancellationToken.None));
        Assert.Contains("was killed", error.Message, StringComparison.Ordinal);
    }

    private static string Failure(params string[] run) => Assert.Throws<EdgeGestureException>(() => Perform(run)).Message;

    private static void Perform(params string[] run) => new CommandOutput(new CommandOptions { Run = run }).Perform(Action, Gesture, CancellationToken.None);
}
