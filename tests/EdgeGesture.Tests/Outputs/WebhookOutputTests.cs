using System.Net;
using System.Net.Sockets;
using EdgeGesture.Outputs;
using EdgeGesture.Recognition;

namespace EdgeGesture.Tests.Outputs;

public sealed class WebhookOutputTests : IDisposable
{
    private static readonly GestureEvent Gesture = new("Thumb Up", 0.9f, TimeSpan.Zero, TimeSpan.Zero, 0);
    private static readonly ActionOptions Action = new() { Gesture = "Thumb Up", Output = "hook", Do = Verb.Send };

    private readonly string _address = $"http://127.0.0.1:{FreePort()}/";
    private readonly HttpListener _server = new();
    private readonly string _token = Path.GetTempFileName();

    public WebhookOutputTests()
    {
        _server.Prefixes.Add(_address);
        _server.Start();
        File.WriteAllText(_token, "open sesame\n");
    }

    public void Dispose()
    {
        _server.Close();
        File.Delete(_token);
    }

    [Fact]
    public async Task A_gesture_is_posted_as_json_with_the_token()
    {
        var answer = AnswerAsync(HttpStatusCode.NoContent);
        using var output = new WebhookOutput(new WebhookOptions { Url = new Uri(_address), TokenFile = _token });
        await Task.Run(() => output.Perform(Action, Gesture, CancellationToken.None), TestContext.Current.CancellationToken);
        Assert.Equal("POST Bearer open sesame {\"gesture\":\"Thumb Up\",\"confidence\":0.9}", await answer);
    }

    [Fact]
    public async Task A_refusal_is_said_without_the_token()
    {
        var answer = AnswerAsync(HttpStatusCode.Forbidden);
        using var output = new WebhookOutput(new WebhookOptions { Url = new Uri(_address), TokenFile = _token });
        var error = await Assert.ThrowsAsync<EdgeGestureException>(() => Task.Run(() => output.Perform(Action, Gesture, CancellationToken.None), TestContext.Current.CancellationToken));
        await answer;
        Assert.Contains("answered 403", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_named()
    {
        using var output = new WebhookOutput(new WebhookOptions { Url = new Uri($"http://127.0.0.1:{FreePort()}/") });
        Assert.Contains("cannot be reached", Assert.Throws<EdgeGestureException>(() => output.Perform(Action, Gesture, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_cannot_be_read_is_named_at_once()
    {
        var options = new WebhookOptions { Url = new Uri(_address), TokenFile = "/nowhere/token" };
        Assert.Contains("/nowhere/token", Assert.Throws<EdgeGestureException>(() => new WebhookOutput(options)).Message, StringComparison.Ordinal);
    }

    private async Task<string> AnswerAsync(HttpStatusCode status)
    {
        var context = await _server.GetContextAsync();
        using var body = new StreamReader(context.Request.InputStream);
        var text = await body.ReadToEndAsync();
        context.Response.StatusCode = (int)status;
        context.Response.Close();
        return $"{context.Request.HttpMethod} {context.Request.Headers["Authorization"]} {text}";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
