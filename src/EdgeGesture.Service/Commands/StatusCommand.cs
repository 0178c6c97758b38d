using System.CommandLine;
using System.Text.Json;
using EdgeGesture.Service.Control;
using Spectre.Console;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture status</c>: the running service on one screen.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var socket = ControlClient.CreateSocketOption();
        var json = new Option<bool>("--json") { Description = "Print one JSON object, with every label's score." };
        var command = new Command(
            "status",
            """
            Shows how the running service fares: camera, network, last gestures, power, and the last thing that went
            wrong. Exits with 1 where no service runs. 'edgegesture top' shows the same live.
            """) { socket, json };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = ControlClient.Connect(parsed.GetValue(socket));
            var reply = await client.AskAsync(new Request { Command = "status" }, cancel).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(reply.Status!, Protocol.Default.StatusReport));
            }
            else
            {
                AnsiConsole.Write(StatusScreen.Whole(reply.Status!));
            }

            return 0;
        });
        return command;
    }
}
