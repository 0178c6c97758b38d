using System.Net.Sockets;
using System.Runtime.InteropServices;
using EdgeGesture.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Service.Control;

/// <summary>
/// The Unix socket that the service listens on: mode 0660, of the group edgegesture where that exists. A lock beside it
/// tells a running service from one that left its socket behind.
/// </summary>
internal sealed partial class SocketFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const string GroupName = "edgegesture";
    private const int Backlog = 8;

    private static readonly int GroupIdOffset = 2 * nint.Size; // struct group of grp.h: name, password, id, members

    private readonly FileStream _lock;
    private readonly string _path;

    private SocketFile(string path, FileStream instanceLock, Socket listener) => (_path, _lock, Listener) = (path, instanceLock, listener);

    public Socket Listener { get; }

    /// <summary>Begins to listen where the configuration says; null where it says "off" or no place is given.</summary>
    /// <exception cref="EdgeGestureException">Another service listens there, or the socket cannot be made.</exception>
    public static SocketFile? Create(ControlOptions options, ILogger log)
    {
        if (SocketPath.Listening(options, Environment.GetEnvironmentVariable) is not { } path)
        {
            return null;
        }

        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, OwnerOnly);
            }

            var instanceLock = Lock(path);
            try
            {
                RemoveStale(path);
                return new SocketFile(path, instanceLock, Listen(path));
            }
            catch
            {
                instanceLock.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException or ArgumentOutOfRangeException)
        {
            var sentence = $"The control socket {path} cannot be made ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); set control.socket to a short path in a folder that this user may write, or to \"off\".";
            if (options.Socket != "auto")
            {
                throw new EdgeGestureException(sentence, exception);
            }

            // Nobody asked for it, and gestures work without it.
            log.LogWarning("{Sentence}", sentence);
            return null;
        }
    }

    public void Dispose()
    {
        Listener.Dispose();
        File.Delete(_path);
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path + ".lock"))
        {
            throw new EdgeGestureException(
                $"Another EdgeGesture runs already (it holds {path}); look at it with 'edgegesture status', stop it, or give this one a socket of its own with --set control.socket=FILE.", exception);
        }
    }

    private static void RemoveStale(string path)
    {
        if (!Path.Exists(path))
        {
            return;
        }

        try
        {
            // A socket cannot be opened as a file; what can is not ours to remove.
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        }
        catch (IOException)
        {
            File.Delete(path);
            return;
        }

        throw new IOException("there is a file of that name");
    }

    private static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Nobody can connect before it listens, and then its mode is right.
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (GetGroup(GroupName) is var group && group != 0)
            {
                _ = ChangeOwner(path, uint.MaxValue, (uint)Marshal.ReadInt32(group, GroupIdOffset)); // fails where this user is not in it
            }

            File.SetUnixFileMode(path, OwnerAndGroup);
            listener.Listen(Backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    [LibraryImport("libc", EntryPoint = "getgrnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetGroup(string name);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
