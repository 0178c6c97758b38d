using System.Net;
using System.Text;
using EdgeGesture.Configuration;
using EdgeGesture.Power;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace EdgeGesture.Service.Metrics;

/// <summary>
/// Gives the instruments to Prometheus: over HTTP on this machine's loopback, or as a file for node_exporter. Trouble with
/// either is said in the log and ends nothing.
/// </summary>
internal sealed class MetricsExport : IDisposable
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private const int MostReaders = 4;

    private static readonly TimeSpan ReaderPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FileInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly PrometheusText _text = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private readonly HttpListener? _listener;
    private readonly string? _file;
    private readonly ITimer? _timer;
    private readonly ILogger _log;
    private bool _isFileBroken;

    private MetricsExport(MetricsOptions options, TimeProvider clock, ILogger log)
    {
        _log = log;
        _reader = new BaseExportingMetricReader(_text);
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(PowerAccount.MeterName).AddReader(_reader).Build();
        _listener = options.Port is { } port ? Listen(port) : null;
        _file = options.TextFile;
        _timer = _file is null ? null : clock.CreateTimer(_ => WriteFile(), null, TimeSpan.Zero, FileInterval);
    }

    /// <summary>Begins, where the configuration asks for it; else null, and the instruments stay unread.</summary>
    public static MetricsExport? Create(MetricsOptions options, TimeProvider clock, ILogger log) =>
        options.Port is null && options.TextFile is null ? null : new MetricsExport(options, clock, log);

    public void Dispose()
    {
        _timer?.Dispose();
        _listener?.Close();
        lock (_lock)
        {
            _provider.Dispose();
            _reader.Dispose();
            _text.Dispose();
        }
    }

    private string Collect()
    {
        lock (_lock)
        {
            _reader.Collect();
            return _text.Text;
        }
    }

    private HttpListener? Listen(int port)
    {
        // This prefix alone: neither another machine nor a web page under another name gets an answer.
        var listener = new HttpListener { Prefixes = { FormattableString.Invariant($"http://127.0.0.1:{port}/") } };
        try
        {
            listener.Start();
            _ = AnswerAsync(listener);
            _log.LogInformation("Prometheus may ask at http://127.0.0.1:{Port}/metrics", port);
            return listener;
        }
        catch (HttpListenerException exception)
        {
            _log.LogError("There are no metrics at port {Port} ({Problem}); set metrics.port to a free one (who has it: ss -ltnp)", port, exception.Message);
            return null;
        }
    }

    private async Task AnswerAsync(HttpListener listener)
    {
        var places = new SemaphoreSlim(MostReaders);
        while (true)
        {
            await places.WaitAsync().ConfigureAwait(false);
            try
            {
                var context = await listener.GetContextAsync().ConfigureAwait(false);
                _ = AnswerAsync(context, places);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                _log.LogDebug("The metrics' port is closed ({Reason})", exception.Message);
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, SemaphoreSlim places)
    {
        var response = context.Response;
        try
        {
            if (context.Request is { HttpMethod: "GET", Url.AbsolutePath: "/metrics" })
            {
                response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Collect())).AsTask().WaitAsync(ReaderPatience).ConfigureAwait(false);
            }
            else
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
            }

            response.Close();
        }
#pragma warning disable CA1031 // One reader's trouble is nobody else's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            response.Abort();
            _log.LogDebug("A reader of the metrics left ({Reason})", exception.Message);
        }
        finally
        {
            places.Release();
        }
    }

    // Beside it first: node_exporter never reads half a file.
    private void WriteFile()
    {
        var temporary = _file + ".tmp"; // node_exporter reads *.prom only
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerAndGroup }))
            {
                stream.Write(Encoding.UTF8.GetBytes(Collect()));
            }

            File.SetUnixFileMode(temporary, OwnerAndGroup); // whatever the umask
            File.Move(temporary, _file!, overwrite: true);
            _isFileBroken = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isFileBroken)
            {
                _log.LogError("The metrics' file {File} cannot be written ({Problem}); it is tried again, set metrics.textFile to one in /var/lib/edgegesture", _file, exception.Message);
            }

            _isFileBroken = true;
        }
    }
}
