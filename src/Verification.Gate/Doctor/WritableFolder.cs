namespace Verification.Gate.Doctor;

/// <summary>Tries whether a folder can be written: rights alone do not tell, as a disk may be read-only or full.</summary>
internal static class WritableFolder
{
    // More than one block, so that a full disk shows.
    private const int ProbeBytes = 64 * 1024;

    /// <summary>Why the folder can't be written; null where it can.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="make">Whether it is made where it is missing, as a run makes it.</param>
    public static string? ProblemOf(string path, bool make = true)
    {
        var probe = Path.Combine(path, $".probe-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            if (make)
                Directory.CreateDirectory(path);
            else if (!Directory.Exists(path))
                return "there is no such folder";
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.Write(new byte[ProbeBytes]);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message.Replace(probe, path, StringComparison.Ordinal);
        }
    }
}
