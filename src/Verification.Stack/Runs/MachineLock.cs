namespace Verification.Stack.Runs;

/// <summary>Held by whatever measures on this machine: two measurements at once would disturb each other.</summary>
public static class MachineLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Path of the lock.</summary>
    public static string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "verification-measures.lock");

    /// <summary>Waits until nobody else measures.</summary>
    /// <param name="waiting">Called once, when it has to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<HeldFile> TakeAsync(Action waiting, CancellationToken cancellationToken)
    {
        var told = false;
        while (true)
        {
            if (HeldFile.TryTake(Path) is { } held)
                return held;
            if (!told)
                waiting();
            told = true;
            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }
    }
}
