namespace Verification.Platform;

/// <summary>The pace of a client that is no faster than a person with a quick hand: traffic, not load.</summary>
public static class Pace
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Lets one interval go by, or less where the traffic ends.</summary>
    public static async Task StepAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            // The traffic ends.
        }
    }
}
