using System.Net.Http.Headers;
using System.Text;
using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>
/// Posts each gesture as JSON: <c>{"gesture":"Thumb Up","confidence":0.93}</c>. Only the address's host is ever told,
/// as the rest of a webhook's address is a secret as a rule.
/// </summary>
public sealed class WebhookOutput : IOutput
{
    private readonly WebhookOptions _options;
    private readonly HttpClient _client;

    /// <exception cref="EdgeGestureException">The file of the token cannot be read.</exception>
    public WebhookOutput(WebhookOptions options)
    {
        _options = options;
        _client = new HttpClient { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) };
        if (options.TokenFile is { } file)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SecretFile.Read(file));
        }
    }

    public void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url)
        {
            Content = new StringContent(GestureMessage.ToJson(gesture), Encoding.UTF8, "application/json"),
        };
        using var response = Send(request, stop);
        if (!response.IsSuccessStatusCode)
        {
            throw new EdgeGestureException($"The webhook at {_options.Url.Authority} answered {(int)response.StatusCode} {response.ReasonPhrase}; check its address and token.");
        }
    }

    public void MakeSafe()
    {
        // There is nothing to take back.
    }

    public void Dispose() => _client.Dispose();

    private HttpResponseMessage Send(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            return _client.Send(request, stop);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new EdgeGestureException($"The webhook at {_options.Url.Authority} cannot be reached ({exception.Message.TrimEnd('.')}); check the address and the network.", exception);
        }
    }
}
