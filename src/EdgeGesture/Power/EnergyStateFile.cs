using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Power;

/// <summary>
/// The account on disk. It is written to a file beside it first and renamed then, so that a reader and a sudden end
/// of power find the old or the new one, never a half.
/// </summary>
public sealed class EnergyStateFile(string stateDirectory, TimeProvider clock, ILogger logger)
{
    private bool _hasFailed;

    public string Path { get; } = PathIn(stateDirectory);

    /// <summary>Reads an account; a new one where there is none. One that makes no sense is set aside under another name.</summary>
    public LedgerState Load()
    {
        try
        {
            using var stream = File.OpenRead(Path);
            if (JsonSerializer.Deserialize(stream, PowerJson.Default.LedgerState) is { IsValid: true } state)
            {
                return state;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new LedgerState();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The energy account {Path} cannot be read ({Reason}); counting begins at zero. Check its permissions.", Path, exception.Message);
            return new LedgerState();
        }
        catch (JsonException)
        {
            // Set aside below.
        }

        SetAside();
        return new LedgerState();
    }

    /// <summary>Reads an account without touching it.</summary>
    /// <exception cref="EdgeGestureException">There is none, or it cannot be read.</exception>
    public static LedgerState Read(string stateDirectory)
    {
        var path = PathIn(stateDirectory);
        try
        {
            using var stream = File.OpenRead(path);
            if (JsonSerializer.Deserialize(stream, PowerJson.Default.LedgerState) is { IsValid: true } state)
            {
                return state;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EdgeGestureException($"There is no energy account {path}; it is written a minute after the service starts, or give its folder with --state.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EdgeGestureException($"The energy account {path} cannot be read ({exception.Message.TrimEnd('.')}); run the command with sudo.", exception);
        }
        catch (JsonException)
        {
            // The same as one that makes no sense.
        }

        throw new EdgeGestureException($"The energy account {path} is damaged; restart the service, which sets it aside and begins a new one.");
    }

    /// <summary>Writes an account; a failure is said once, until it works again.</summary>
    public void Save(LedgerState state)
    {
        var temporary = Path + ".new";
        try
        {
            Directory.CreateDirectory(stateDirectory);
            using (var stream = File.Create(temporary))
            {
                JsonSerializer.Serialize(stream, state, PowerJson.Default.LedgerState);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
            _hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_hasFailed)
            {
                logger.LogWarning("The energy account {Path} cannot be written ({Reason}); it goes on in memory. Check free space and permissions.", Path, exception.Message);
            }

            _hasFailed = true;
        }
    }

    private static string PathIn(string stateDirectory) => System.IO.Path.Join(stateDirectory, "energy.json");

    private void SetAside()
    {
        var aside = Path + ".corrupt-" + clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        try
        {
            File.Move(Path, aside, overwrite: true);
            logger.LogWarning("The energy account {Path} was damaged; it is kept as {Aside} and counting begins at zero.", Path, aside);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The energy account {Path} is damaged and cannot be set aside ({Reason}); counting begins at zero. Check its permissions.", Path, exception.Message);
        }
    }
}
