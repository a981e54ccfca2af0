namespace Verification.Stack.Runs;

/// <summary>An exclusive lock on a file, held until disposed or until its process ends, however it ends.</summary>
public sealed class HeldFile : IDisposable
{
    private readonly FileStream stream;

    private HeldFile(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock at <paramref name="path"/>; null when somebody else holds it.</summary>
    /// <param name="path">The file; made if it is not there.</param>
    /// <param name="deleteOnRelease">Whether the file goes when the lock does.</param>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    /// <exception cref="DirectoryNotFoundException">Its folder is not there.</exception>
    public static HeldFile? TryTake(string path, bool deleteOnRelease = false)
    {
        try
        {
            // An existing file is opened without O_CREAT: in a sticky folder the kernel refuses that for another user's file.
            var mode = File.Exists(path) ? FileMode.Open : FileMode.OpenOrCreate;
            return new HeldFile(new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, 1, deleteOnRelease ? FileOptions.DeleteOnClose : FileOptions.None));
        }
        catch (IOException e) when (e is not DirectoryNotFoundException and not FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a living process holds the lock at <paramref name="path"/>.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            using var taken = TryTake(path);
            return taken is null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();
}
