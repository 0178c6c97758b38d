using System.CommandLine;
using EdgeGesture.Service.Control;

namespace EdgeGesture.Service.Commands;

/// <summary><c>edgegesture snapshot</c>: what the camera shows and the network thinks of it, as a picture.</summary>
internal static class SnapshotCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The picture to write, .jpg or .png; - writes a JPEG to a pipe." };
        var socket = ControlClient.CreateSocketOption();
        var command = new Command(
            "snapshot",
            """
            Writes one frame of the running service's camera as a picture, for aiming it: what the network sees of it
            framed, the network's own small picture, and its scores. Only where the configuration allows it
            ("control": { "allowSnapshot": true }); the picture stays on this device.
            From afar: ssh HOST edgegesture snapshot - > look.jpg
            """) { file, socket };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && FormatOf(token.Value) is null)
            {
                result.AddError($"{token.Value} is no picture's name; end it with .jpg or .png.");
            }
        });
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(socket), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? socket, CancellationToken cancel)
    {
        if (file == "-" && !Console.IsOutputRedirected)
        {
            throw new EdgeGestureException("A picture does not go to a terminal; name a file, or send it through a pipe.");
        }

        using var client = ControlClient.Connect(socket);
        var reply = await client.AskAsync(new Request { Command = "snapshot", Format = FormatOf(file)! }, cancel).ConfigureAwait(false);
        if (file == "-")
        {
            var output = Console.OpenStandardOutput();
            await using (output.ConfigureAwait(false))
            {
                await output.WriteAsync(reply.Picture!, cancel).ConfigureAwait(false);
            }
        }
        else
        {
            Write(file, reply.Picture!);
        }

        return 0;
    }

    // Beside it first: there is never half a picture under its name.
    private static void Write(string file, byte[] picture)
    {
        var temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                stream.Write(picture);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw new EdgeGestureException($"The picture {file} cannot be written ({exception.Message.TrimEnd('.')}); name a file in a folder that you may write.", exception);
        }
    }

    private static string? FormatOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => "png",
        ".jpg" or ".jpeg" => "jpeg",
        _ => file == "-" ? "jpeg" : null,
    };
}
