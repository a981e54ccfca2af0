namespace Verification.Stack.Runs;

/// <summary>A lock that whoever needs it waits for. The one of whoever measures on this machine is the first: two measurements at once
/// would disturb each other.</summary>
public static class MachineLock
{
    /// <summary>What to do where the locks that all users of this machine share can't be made.</summary>
    public const string Advice = SharedFolder.Advice;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Who holds it is looked up each 5 s: all processes are asked for that.</summary>
    private const int LooksUntilAsked = 25;

    /// <summary>Path of the lock of whoever measures.</summary>
    public static string Path { get; } = System.IO.Path.Combine(SharedFolder.Root, "verification-measures.lock");

    /// <summary>Waits until nobody else measures.</summary>
    /// <param name="waiting">Told, when it has to wait, who holds it; and who does then, once that is somebody else.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LockException">It can be held by nobody.</exception>
    public static Task<HeldFile> TakeAsync(Action<string> waiting, CancellationToken cancellationToken) =>
        TakeAsync(Path, Advice, TimeProvider.System, waiting, cancellationToken);

    /// <summary>Waits for a lock.</summary>
    /// <param name="path">Its file; the folder is made if it is not there.</param>
    /// <param name="advice">What to do where the file can't be made, a sentence.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Told, when it has to wait, who holds it; and who does then, once that is somebody else.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LockException">It can be held by nobody: waiting would not help.</exception>
    public static async Task<HeldFile> TakeAsync(
        string path,
        string advice,
        TimeProvider time,
        Action<string> waiting,
        CancellationToken cancellationToken
    )
    {
        var told = string.Empty;
        for (var look = 0; ; look++)
        {
            if (TryTake(path, advice) is { } held)
                return held;
            if (
                look % LooksUntilAsked == 0
                && LockHolder.Of(path) is var holder
                && (look == 0 || (holder != told && holder != LockHolder.Unknown))
            )
                waiting(told = holder);
            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static HeldFile? TryTake(string path, string advice)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return HeldFile.TryTake(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LockException(path, advice, e);
        }
    }
}
