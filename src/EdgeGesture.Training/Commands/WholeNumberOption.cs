using System.CommandLine;

namespace EdgeGesture.Training.Commands;

/// <summary>Bounds of options that take a whole number.</summary>
public static class WholeNumberOption
{
    /// <summary>
    /// Refuses what is not a whole number from <paramref name="least"/> to <paramref name="most"/>, as bad usage, with
    /// <paramref name="message"/>.
    /// </summary>
    public static void MustLieWithin(this Option option, int least, int most, string message) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < least || number > most))
            result.AddError(message);
    });
}
