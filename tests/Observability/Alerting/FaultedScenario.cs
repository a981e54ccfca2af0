using Verification.Chaos.Faults;
using Verification.Stack.Readiness;

namespace Verification.Tests.Observability.Alerting;

/// <summary>A fault, from its begin to the page that tells of it, and from its end to the word that it is over.</summary>
public abstract class FaultedScenario(PlatformFixture platform) : WatchedScenario(platform)
{
    private static readonly TimeSpan PageDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(120);

    /// <summary>Goes through a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="must">The alert that has to tell of it.</param>
    /// <param name="follows">An alert that follows from it: the fault lasts until Alertmanager has decided on that.</param>
    protected async Task<Paged> GoThroughAsync(IFault fault, string must, string? follows)
    {
        ArgumentNullException.ThrowIfNull(fault);
        await AwaitPeaceAsync();
        var before = (await Watch.NotificationsAsync(Cancellation)).Count;
        async Task<PageAccount> AccountAsync(CancellationToken ct) => new(must, [], [.. (await Watch.NotificationsAsync(ct)).Skip(before)]);

        var begun = TimeProvider.System.GetTimestamp();
        await using var injected = await InjectAsync(fault);
        await Eventually.SeeAsync($"{must} is paged", PageDeadline, AccountAsync, account => account.IsPaged, Cancellation);
        var toPage = TimeProvider.System.GetElapsedTime(begun);
        if (follows is not null)
            await Eventually.IsTrueAsync($"{follows} is held back, or paged", PageDeadline, async ct => await IsDecidedAsync(follows, await AccountAsync(ct), ct), Cancellation);

        var ended = TimeProvider.System.GetTimestamp();
        await ReviveAsync(injected);
        await Eventually.SeeAsync($"{must} is said to be over", EndDeadline, AccountAsync, account => account.IsResolved, Cancellation);
        var toEnd = TimeProvider.System.GetElapsedTime(ended);
        await AwaitPeaceAsync();
        return new Paged(toPage, toEnd, await AccountAsync(Cancellation));
    }

    private async Task<bool> IsDecidedAsync(string alert, PageAccount account, CancellationToken cancellationToken) =>
        (await Watch.Alertmanager.AlertsAsync(cancellationToken)).Any(known => known.Name == alert && known.Inhibited)
        || account.Pages.Any(page => page.Alerts.Any(delivered => delivered.Name == alert));

    /// <summary>What came of a fault.</summary>
    /// <param name="ToPage">From the begin of the fault to its page.</param>
    /// <param name="ToEnd">From the end of the fault to the word of it.</param>
    /// <param name="Account">All that was delivered.</param>
    protected sealed record Paged(TimeSpan ToPage, TimeSpan ToEnd, PageAccount Account);
}
