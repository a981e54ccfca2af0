namespace Verification.Platform;

/// <summary>The pace of a client that is no faster than a person with a quick hand: traffic, not load.</summary>
public static class Pace
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    // So that many of them are no load either: 200 a second together.
    private static readonly TimeSpan Share = TimeSpan.FromMilliseconds(5);

    /// <summary>Lets one interval go by, or less where the traffic ends.</summary>
    public static Task StepAsync(CancellationToken end) => StepAsync(1, end);

    /// <summary>Lets one interval go by, or less where the traffic ends.</summary>
    /// <param name="clients">How many clients step side by side.</param>
    /// <param name="end">Ends the traffic.</param>
    public static async Task StepAsync(int clients, CancellationToken end)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromTicks(Math.Max(Interval.Ticks, Share.Ticks * clients)));
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
