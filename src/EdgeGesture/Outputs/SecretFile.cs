namespace EdgeGesture.Outputs;

/// <summary>Secrets lie in files of their own, readable by the service alone, and are never logged.</summary>
internal static class SecretFile
{
    /// <exception cref="EdgeGestureException">The file is missing, empty or not readable.</exception>
    public static string Read(string path)
    {
        try
        {
            var secret = File.ReadAllText(path).Trim();
            return secret.Length > 0 ? secret : throw new EdgeGestureException($"The file {path} is empty; put the secret into it.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EdgeGestureException($"The secret in {path} cannot be read; make the file readable by this user ({Environment.UserName}) alone with chmod 600.", exception);
        }
    }
}
