namespace Verification.Load;

/// <summary>What is looked at while a load runs, once a second.</summary>
internal static class EachSecond
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Looks until it is cancelled, which is no error.</summary>
    /// <param name="look">One look.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task LookAsync(Func<Task> look, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await look().ConfigureAwait(false);
                await Task.Delay(Second, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was asked to end.
        }
    }
}
