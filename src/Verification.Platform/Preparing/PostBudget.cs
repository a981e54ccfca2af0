using System.Globalization;

namespace Verification.Platform;

/// <summary>How many requests that may store a buff a run sends to a platform that may not be changed. Its suites, one after the other,
/// keep count in a file of the run: what one has sent no other sends any more.</summary>
public sealed class PostBudget
{
    /// <summary>As many are sent at most: 455 where each scenario of the profile <c>deployed</c> comes through at once, 520 where those of
    /// <c>pr</c> look at a platform in containers.</summary>
    public const int Most = 600;

    private readonly Lock turn = new();
    private readonly string file;
    private int sent;

    /// <summary>Goes on from what the run has sent.</summary>
    /// <param name="file">Where its suites keep count.</param>
    public PostBudget(string file)
    {
        this.file = file;
        // Of a suite that was ended while it wrote nobody knows how many it has sent.
        if (File.Exists(file))
            sent = int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : Most;
    }

    /// <summary>Takes one of those that are left.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="IOException">It can't be counted.</exception>
    public bool TryTake()
    {
        lock (turn)
        {
            if (sent >= Most)
                return false;
            // Counted before it is sent: what is sent is never more.
            sent++;
            File.WriteAllText(file, sent.ToString(CultureInfo.InvariantCulture));
            return true;
        }
    }
}
