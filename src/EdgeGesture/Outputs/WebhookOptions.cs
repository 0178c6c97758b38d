using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeGesture.Configuration;

namespace EdgeGesture.Outputs;

/// <summary>An address that gets a POST request for each gesture.</summary>
public sealed record WebhookOptions : OutputOptions
{
    [Description("Where the request goes: http://… or https://…")]
    public required Uri Url { get; set; }

    [Description("A file whose text is sent as \"Authorization: Bearer …\"; the secret itself does not belong into the configuration.")]
    public string? TokenFile { get; set; }

    [Description("Seconds after which a request is given up.")]
    [Range(0.1, 60)]
    public double TimeoutSeconds { get; set; } = 5;

    public override IReadOnlyList<Verb> Verbs => [Verb.Send];

    public override IEnumerable<ConfigurationProblem> Check(string key)
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https") || Url.UserInfo.Length > 0)
        {
            yield return new($"{key}.url", $"\"{Url}\"", "an address that begins with http:// or https://, without user and password");
        }
    }
}
