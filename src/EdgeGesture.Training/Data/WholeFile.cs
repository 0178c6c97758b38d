namespace EdgeGesture.Training.Data;

/// <summary>Writes files beside their places and then renames them: a full disk or a broken run leaves the last good file.</summary>
internal static class WholeFile
{
    /// <param name="path">The file that there is in the end.</param>
    /// <param name="write">Writes to the place that it is given.</param>
    /// <exception cref="TrainingException">It cannot be written.</exception>
    public static void Write(string path, Action<string> write)
    {
        var beside = path + ".part";
        try
        {
            write(beside);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path} cannot be written ({error.Message.TrimEnd('.')}); a file of before is untouched. Make room, or choose another place.");
        }
        finally
        {
            Delete(beside);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing was written, or what stopped the writing stops this too; that error says it.
        }
    }
}
