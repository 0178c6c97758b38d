using System.CommandLine;
using EdgeGesture.Service.Hosting;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture run</c>: the service.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = Settings.CreateConfigOption();
        var set = Settings.CreateSetOption();
        var model = ModelFiles.CreateOption();
        var camera = new Option<string?>("--camera") { Description = "The camera: a device, a video file, or a stream's address.", HelpName = "SOURCE" };
        var wait = new Option<bool>("--wait") { Description = "Wait for a camera that is not there yet, instead of ending; for a service." };
        var command = new Command(
            "run",
            """
            Watches the camera and drives the outputs until it is stopped (Ctrl-C, SIGTERM); then every output goes to its
            safe level. The log goes to stderr.
            """) { config, camera, wait, model, set };
        command.SetAction(parsed => ServiceHost.Run(
            () => Settings.Read(parsed.GetValue(config), parsed.GetValue(set), parsed.GetValue(model), parsed.GetValue(camera)),
            parsed.GetValue(wait),
            parsed.GetValue(CommandLine.Verbose)));
        return command;
    }
}
