namespace Verification.Stack.Runs;

/// <summary>Where the locks that all users of this machine share lie. It is the same for everybody: <c>TMPDIR</c> would give each his
/// own.</summary>
internal static class SharedFolder
{
    /// <summary>The folder.</summary>
    public const string Root = "/tmp";

    /// <summary>What to do where it can't be used.</summary>
    public const string Advice =
        $"The locks of this machine lie in {Root} for all its users, whatever TMPDIR says: it must be there, writable and not full. A tmpfs will do.";

    private const UnixFileMode Everybody = (UnixFileMode)0b1_111_111_111;

    /// <summary>A folder in it that every user can make files in, and nobody remove another's.</summary>
    /// <exception cref="LockException">It can't be made, or is another user's alone.</exception>
    public static string Of(string name)
    {
        var path = Path.Combine(Root, name);
        try
        {
            Directory.CreateDirectory(path);
            // Whatever the umask says; its owner alone may, and has done it.
            if ((File.GetUnixFileMode(path) & Everybody) != Everybody)
                File.SetUnixFileMode(path, Everybody);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LockException(path, $"{Advice} Where {path} is another user's: have it removed.", e);
        }
    }
}
