using System.Globalization;
using Verification.Objectives;

namespace Verification.Stack.Runs;

/// <summary>Who holds a lock, as far as the kernel tells this user (https://man7.org/linux/man-pages/man5/proc_locks.5.html).</summary>
internal static class LockHolder
{
    /// <summary>Somebody of whom nothing is told.</summary>
    public const string Unknown = "another run";

    private const int Longest = 200;

    /// <summary>The process and its command line; another user's, or one of another namespace, is only "another run".</summary>
    /// <param name="path">The file that is locked.</param>
    public static string Of(string path)
    {
        try
        {
            return
                File.ReadLines("/proc/locks")
                    .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Where(fields => fields is [_, "FLOCK", _, "WRITE", ..])
                    .Select(fields => fields[4])
                    .FirstOrDefault(process => Holds(process, Path.GetFullPath(path)))
                    is { } holder
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {holder} ({Quotation.Of(File.ReadAllText($"/proc/{holder}/cmdline").Replace('\0', ' '), Longest)})"
                )
                : Unknown;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unknown;
        }
    }

    private static bool Holds(string process, string path)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Any(file => new FileInfo(file).LinkTarget == path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return false;
        }
    }
}
