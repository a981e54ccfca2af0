namespace Verification.Stack.Runs;

/// <summary>An exclusive lock on a file, held until disposed or until its process ends, however it ends.</summary>
public sealed class HeldFile : IDisposable
{
    private const int Attempts = 100;

    // As the kernel marks the name of an open file that has none any more.
    private const string Removed = " (deleted)";
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;
    private readonly FileStream stream;
    private bool deletes;

    private HeldFile(FileStream stream, bool deletes) => (this.stream, this.deletes) = (stream, deletes);

    /// <summary>Takes the lock at <paramref name="path"/>; null when somebody else holds it, and only then.</summary>
    /// <param name="path">The file; made if it is not there, for every user to take.</param>
    /// <param name="deleteOnRelease">Whether the file goes when the lock does.</param>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened or made.</exception>
    /// <exception cref="IOException">It cannot be made: its folder is missing, read-only or full.</exception>
    public static HeldFile? TryTake(string path, bool deleteOnRelease = false)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                // An existing file is opened without O_CREAT: in a sticky folder the kernel refuses that for another user's file.
                if ((TryOpen(path) ?? TryMake(path)) is { } stream)
                {
                    if (!IsRemoved(stream))
                        return new HeldFile(stream, deleteOnRelease);
                    stream.Dispose();
                }

                if (attempt == Attempts)
                    throw new IOException($"{path} came and went {Attempts} times while it was opened.");
            }
        }
        catch (IOException e) when (e.HResult == Errno.WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Whether a living process holds the lock at <paramref name="path"/>, as far as it can be seen from here.</summary>
    public static LockState Ask(string path)
    {
        try
        {
            using var stream = TryOpen(path);
            return stream is null || IsRemoved(stream) ? LockState.Unseen : LockState.Free;
        }
        catch (IOException e) when (e.HResult == Errno.WouldBlock)
        {
            return LockState.Held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LockState.Unseen;
        }
    }

    /// <summary>Whether a living process is seen to hold the lock at <paramref name="path"/>.</summary>
    public static bool IsHeld(string path) => Ask(path) == LockState.Held;

    /// <inheritdoc />
    public void Dispose()
    {
        if (deletes)
        {
            deletes = false;
            try
            {
                // While it is held: afterwards the name may be another's.
                File.Delete(stream.Name);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's file stays.
            }
        }

        stream.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException || e.HResult == Errno.ReadOnly)
        {
            // Who may only read it can hold it all the same.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, 1);
        }
    }

    /// <summary>Whether its holder before has removed it between the opening and the lock: then it is no longer what others lock.</summary>
    private static bool IsRemoved(FileStream stream) =>
        new FileInfo($"/proc/self/fd/{stream.SafeFileHandle.DangerousGetHandle()}").LinkTarget?.EndsWith(Removed, StringComparison.Ordinal)
        == true;

    /// <summary>Null where another was faster.</summary>
    private static FileStream? TryMake(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (e.HResult == Errno.Exists)
        {
            return null;
        }

        // Whatever the umask says: another user of this machine takes it, too.
        File.SetUnixFileMode(stream.SafeFileHandle, Everybody);
        return stream;
    }

    // As Linux numbers them; .NET hands them on.
    private static class Errno
    {
        public const int WouldBlock = 11;
        public const int Exists = 17;
        public const int ReadOnly = 30;
    }
}

/// <summary>What can be seen of a lock.</summary>
public enum LockState
{
    /// <summary>The file was opened and its lock taken: nobody holds it.</summary>
    Free,

    /// <summary>Somebody holds it.</summary>
    Held,

    /// <summary>The file is not there, or not for this process: another user's, or in another mount namespace.</summary>
    Unseen,
}
