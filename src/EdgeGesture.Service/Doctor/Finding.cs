using System.Text.Json.Serialization;

namespace EdgeGesture.Service.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Verdict">Whether it is well.</param>
/// <param name="Text">What there is.</param>
/// <param name="Remedy">What to do; null where nothing need be done.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Text, string? Remedy = null)
{
    public static Finding Ok(string check, string text) => new(check, Verdict.Ok, text);

    /// <summary>An error's sentence, which says what is wrong and, behind a semicolon, what to do.</summary>
    public static Finding Of(string check, Verdict verdict, EdgeGestureException exception) =>
        exception.Message.TrimEnd('.').Split("; ", 2) is [var text, var remedy]
            ? new(check, verdict, text, remedy)
            : new(check, verdict, exception.Message.TrimEnd('.'));
}

[JsonConverter(typeof(Configuration.CamelCaseEnumConverter<Verdict>))]
internal enum Verdict
{
    Ok,

    /// <summary>It works, but not as well as it could.</summary>
    Warn,

    /// <summary>The service cannot do its work.</summary>
    Fail,
}
