using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;

namespace EdgeGesture.Service.Control;

/// <summary>Asks the running service over its socket.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly LineReader _lines;

    private ControlClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _lines = new LineReader(_stream, Protocol.LongestReply);
    }

    public static Option<string?> CreateSocketOption() => new("--socket")
    {
        Description = $"The service's control socket; {SocketPath.OfService}, else your own in $XDG_RUNTIME_DIR/edgegesture, if not given.",
        HelpName = "FILE",
    };

    /// <summary>Connects.</summary>
    /// <param name="path">The socket; null looks where the service usually listens.</param>
    /// <exception cref="EdgeGestureException">No service listens there, or this user may not ask it.</exception>
    public static ControlClient Connect(string? path)
    {
        IReadOnlyList<string> candidates = path is null ? SocketPath.Candidates(Environment.GetEnvironmentVariable) : [path];
        foreach (var candidate in candidates)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(candidate));
                return new ControlClient(socket);
            }
            catch (Exception exception) when (exception is SocketException or ArgumentOutOfRangeException)
            {
                socket.Dispose();
                if (exception is SocketException { SocketErrorCode: SocketError.AccessDenied })
                {
                    throw new EdgeGestureException(
                        $"The service's socket {candidate} may not be used by {Environment.UserName}; run this with sudo, or join the group with: sudo usermod -aG edgegesture {Environment.UserName}, then log in anew.", exception);
                }
            }
        }

        throw new EdgeGestureException(
            $"No running service was found at {string.Join(" or ", candidates)}; start it with: sudo systemctl start edgegesture (what keeps it from starting: edgegesture doctor), or name its socket with --socket.");
    }

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <exception cref="EdgeGestureException">The service refused, or ended.</exception>
    public async Task<Reply> AskAsync(Request request, CancellationToken cancel)
    {
        await SendAsync(request, cancel).ConfigureAwait(false);
        return await ReceiveAsync(cancel).ConfigureAwait(false) ?? throw new EdgeGestureException("The service ended before it answered; see why with: edgegesture log.");
    }

    /// <summary>Sends a request that has several answers.</summary>
    public async Task SendAsync(Request request, CancellationToken cancel)
    {
        try
        {
            await _stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request with { V = Protocol.Version }, Protocol.Default.Request), (byte)'\n'], cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A refusal may lie there to be read; if not, the next read says that the service has ended.
        }
    }

    /// <summary>Waits for the next answer; null when the service has ended.</summary>
    /// <exception cref="EdgeGestureException">The service refused.</exception>
    public async Task<Reply?> ReceiveAsync(CancellationToken cancel)
    {
        Reply? reply;
        try
        {
            reply = await _lines.ReadAsync(cancel).ConfigureAwait(false) is { } line ? JsonSerializer.Deserialize(line.Span, Protocol.Default.Reply) : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new EdgeGestureException($"The service's answer cannot be understood ({exception.Message.TrimEnd('.')}); use the edgegesture that it was installed with.", exception);
        }

        return reply?.Error is { } error ? throw new EdgeGestureException(error) : reply;
    }

    public void Dispose() => _stream.Dispose();
}
