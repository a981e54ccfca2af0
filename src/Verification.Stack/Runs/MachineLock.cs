namespace Verification.Stack.Runs;

/// <summary>A lock that whoever needs it waits for. The one of whoever measures on this machine is the first: two measurements
/// at once would
/// disturb each other.</summary>
public static class MachineLock
{
    /// <summary>What to do where the locks that all users of this machine share can't be made.</summary>
    public const string Advice = SharedFolder.Advice;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Path of the lock of whoever measures.</summary>
    public static string Path { get; } = System.IO.Path.Combine(SharedFolder.Root, "verification-measures.lock");

    /// <summary>Waits until nobody else measures.</summary>
    /// <param name="waiting">Told once, when it has to wait, who holds it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LockException">It can be held by nobody.</exception>
    public static Task<HeldFile> TakeAsync(Action<string> waiting, CancellationToken cancellationToken) =>
        TakeAsync(Path, Advice, TimeProvider.System, waiting, cancellationToken);

    /// <summary>Waits for a lock.</summary>
    /// <param name="path">Its file; the folder is made if it is not there.</param>
    /// <param name="advice">What to do where the file can't be made, a sentence.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Told once, when it has to wait, who holds it.</param>
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
        for (var told = false; ; told = true)
        {
            if (TryTake(path, advice) is { } held)
                return held;
            if (!told)
                waiting(LockHolder.Of(path));
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
