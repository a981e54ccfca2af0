namespace Verification.Gate.Compose;

/// <summary>Makes files readable for the users inside containers, whatever the umask was when they were made: what is mounted
/// or copied into one
/// keeps the mode that it has here.</summary>
internal static class Readable
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Lets everybody read a folder's files and enter its folders.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UnauthorizedAccessException">They are another user's, and not readable.</exception>
    public static void Make(string folder)
    {
        Add(folder, Read | Enter);
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            Add(inner, Read | Enter);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Add(file, File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute) ? Read | Enter : Read);
    }

    private static void Add(string path, UnixFileMode bits)
    {
        var mode = File.GetUnixFileMode(path);
        // What is so already may be another user's.
        if ((mode & bits) != bits)
            File.SetUnixFileMode(path, mode | bits);
    }
}
