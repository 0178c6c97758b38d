using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Service.Control;

/// <summary>
/// Answers those who look inside. A client costs a bounded amount of memory however it behaves, and none can delay the
/// pipeline: at most <see cref="MostClients"/> at a time, requests of limited length, and one that does not read its
/// replies or asks nothing for a while is let go.
/// </summary>
internal sealed class ControlServer : IDisposable
{
    public const int MostClients = 8;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20); // between answers: a client that never stops asking takes little of the processor

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly Inspection _inspection;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private int _clients;

    /// <summary>Answers from now on until disposed.</summary>
    /// <param name="socket">Where; stays the caller's.</param>
    /// <param name="inspection">Who knows the answers.</param>
    /// <param name="patience">How long a client may take to ask, and to read an answer.</param>
    /// <param name="clock">Time.</param>
    /// <param name="log">Where trouble is reported.</param>
    public ControlServer(SocketFile socket, Inspection inspection, TimeSpan patience, TimeProvider clock, ILogger log)
    {
        (_listener, _inspection, _patience, _clock, _log) = (socket.Listener, inspection, patience, clock, log);
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(stop).ConfigureAwait(false);
                _ = ServeAsync(client, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // Out of file handles, say: not at once again, or it would be a busy loop.
                _log.LogWarning("A client of the control socket could not be accepted ({Problem})", exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        var stream = new NetworkStream(client, ownsSocket: true);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                if (Interlocked.Increment(ref _clients) > MostClients)
                {
                    await WriteAsync(stream, new Reply { Error = $"{MostClients} others look inside already; end one of them." }, stop).ConfigureAwait(false);
                    return;
                }

                await AnswerAllAsync(stream, stop).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                _log.LogDebug("A client of the control socket left ({Reason})", exception.Message);
            }
#pragma warning disable CA1031 // One client's trouble is nobody else's.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _log.LogError("A request on the control socket failed: {Problem:l}", exception.Message);
            }
            finally
            {
                Interlocked.Decrement(ref _clients);
            }
        }
    }

    private async Task AnswerAllAsync(NetworkStream stream, CancellationToken stop)
    {
        var lines = new LineReader(stream, Protocol.LongestRequest);
        while (true)
        {
            Request request;
            try
            {
                using var patience = Limit(stop);
                if (await lines.ReadAsync(patience.Token).ConfigureAwait(false) is not { } line)
                {
                    return;
                }

                request = Parse(line.Span);
            }
            catch (Exception exception) when (exception is InvalidDataException or JsonException)
            {
                // Where the next request would begin is unknown.
                await WriteAsync(stream, new Reply { Error = $"That is no request: {exception.Message.TrimEnd('.')}." }, stop).ConfigureAwait(false);
                return;
            }

            await AnswerAsync(stream, request, stop).ConfigureAwait(false);
            await Task.Delay(Breath, _clock, stop).ConfigureAwait(false);
        }
    }

    private static Request Parse(ReadOnlySpan<byte> line)
    {
        var request = JsonSerializer.Deserialize(line, Protocol.Default.Request) ?? throw new InvalidDataException("it is null");
        return request.V == Protocol.Version
            ? request
            : throw new InvalidDataException($"it speaks version {request.V} (its key v) and this service version {Protocol.Version}; use the service's own edgegesture");
    }

    private async Task AnswerAsync(NetworkStream stream, Request request, CancellationToken stop)
    {
        switch (request.Command)
        {
            case "status":
                await WriteAsync(stream, new Reply { Status = _inspection.Status() }, stop).ConfigureAwait(false);
                break;
            case "watch":
                using (var timer = new PeriodicTimer(TimeSpan.FromSeconds(Math.Clamp(request.IntervalSeconds, 0.1, 60)), _clock))
                {
                    do
                    {
                        await WriteAsync(stream, new Reply { Status = _inspection.Status() }, stop).ConfigureAwait(false);
                    }
                    while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
                }

                break;
            case "snapshot":
                await WriteAsync(stream, await _inspection.SnapshotAsync(request.Format, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
                break;
            default:
                await WriteAsync(stream, new Reply { Error = "That command is unknown; status, watch and snapshot are known." }, stop).ConfigureAwait(false);
                break;
        }
    }

    private async Task WriteAsync(NetworkStream stream, Reply reply, CancellationToken stop)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(reply, Protocol.Default.Reply);
        using var patience = Limit(stop);
        await stream.WriteAsync(json, patience.Token).ConfigureAwait(false);
        await stream.WriteAsync("\n"u8.ToArray(), patience.Token).ConfigureAwait(false);
    }

    private CancellationTokenSource Limit(CancellationToken stop)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_patience);
        return limit;
    }
}
