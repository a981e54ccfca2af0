using Verification.Chaos.Faults;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Tests.Observability.Alerting;

/// <summary>A fault, which may be of several instances at once, from its begin to the word that tells of it, and from its end to the word
/// that it is over.</summary>
public abstract class FaultedScenario(PlatformFixture platform) : WatchedScenario(platform)
{
    private static readonly TimeSpan ToldDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OverDeadline = TimeSpan.FromSeconds(90);
    private readonly HostCpu host = new();

    /// <summary>Goes through a fault, and decides.</summary>
    /// <param name="promises">What is promised of it.</param>
    /// <param name="faults">The fault: all of it, in order.</param>
    /// <param name="must">The alert that has to tell of it: a page or a ticket, as its severity says.</param>
    /// <param name="follows">An alert that follows from it: the fault lasts until Alertmanager has decided on that; null where none
    /// follows.</param>
    /// <param name="may">Alerts that may be told besides.</param>
    protected async Task GoThroughAsync(
        Promises promises,
        IReadOnlyList<IFault> faults,
        string must,
        string? follows,
        params IReadOnlyList<string> may
    )
    {
        ArgumentNullException.ThrowIfNull(promises);
        ArgumentNullException.ThrowIfNull(faults);
        var receiver =
            AlertFiles.Read(Config).Single(rule => rule.Name == must).Severity == AlertRule.Page ? PageAccount.Pager : PageAccount.Tickets;
        await AwaitPeaceAsync();
        var before = (await Watch.NotificationsAsync(Cancellation)).Count;
        async Task<PageAccount> AccountAsync(CancellationToken ct) =>
            new(must, receiver, may, [.. (await Watch.NotificationsAsync(ct)).Skip(before)]);

        var begun = TimeProvider.System.GetTimestamp();
        await using var injected = new InjectedFaults();
        foreach (var fault in faults)
            injected.Add(await InjectAsync(fault));
        await Eventually.IsTrueAsync(
            AwaitedStates.Fires(must),
            ToldDeadline,
            async ct =>
                (await Watch.Prometheus.AlertsAsync(ct)).Any(alert => alert.Name == must && alert.State == "firing")
                || (await AccountAsync(ct)).IsTold,
            Cancellation
        );
        await Eventually.IsTrueAsync(
            AwaitedStates.Tells(receiver, must),
            ToldDeadline,
            async ct => (await AccountAsync(ct)).IsTold,
            Cancellation
        );
        var toWord = TimeProvider.System.GetElapsedTime(begun);
        Keep(Of(Seconds(promises.Comes, toWord), FileOf(await AccountAsync(Cancellation))));
        if (follows is not null)
            await ChargeAsync(
                [promises.Alone],
                () =>
                    Eventually.IsTrueAsync(
                        $"{follows} is held back, or paged",
                        ToldDeadline,
                        async ct => await IsDecidedAsync(follows, await AccountAsync(ct), ct),
                        Cancellation
                    )
            );

        var ended = TimeProvider.System.GetTimestamp();
        await injected.HealAsync(Cancellation);
        await new LeftPair(Stack).HealAsync(Cancellation);
        await AwaitBackAsync();
        await ChargeAsync(
            [promises.Ends],
            () =>
                Eventually.IsTrueAsync(
                    $"{must} is said to be over",
                    OverDeadline,
                    async ct => (await AccountAsync(ct)).IsOver,
                    Cancellation
                )
        );
        var toEnd = TimeProvider.System.GetElapsedTime(ended);
        await ChargeAsync([promises.Ends], AwaitPeaceAsync);
        var account = await AccountAsync(Cancellation);
        var file = FileOf(account);
        Decide(Of(NeedlessAlerts(promises.Alone, account.Needless, account.Firing), file), Of(Seconds(promises.Ends, toEnd), file));

        string FileOf(PageAccount told) => new CheckFiles(Suite.Folder).Keep(TestName, "pages", told);

        Measurement Of(Measurement measurement, string pages) =>
            measurement with
            {
                Fault = faults[0].Name,
                Target = string.Join(", ", faults.Select(fault => fault.Target)),
                Files = [pages],
            };
    }

    /// <summary>A fault with the alert that must tell of it, judged as one of many.</summary>
    /// <inheritdoc cref="GoThroughAsync"/>
    protected Task TellsAsync(IReadOnlyList<IFault> faults, string must, string? follows, params IReadOnlyList<string> may) =>
        GoThroughAsync(new Promises("alerts.fire", "alerts.only", "alerts.resolve"), faults, must, follows, may);

    /// <summary>The death of all instances of a role.</summary>
    protected IReadOnlyList<IFault> KillAll(Role role) => [.. Stack.Instances(role).Select(Faults.Kill)];

    /// <summary>Alerts that should not have been. On a machine that others keep busy what is late is rightly told: then nothing is
    /// known. Where there was none, that it was looked at is seen by the alert of the fault.</summary>
    private Measurement NeedlessAlerts(string objective, IReadOnlyList<string> needless, long observations) =>
        needless.Count > 0 && host.Excess is { } busy
            ? Measurement.NotMeasured(objective, $"{string.Join(", ", needless)}; {busy}")
            : Measurement.OfDeviations(objective, needless, observations);

    private async Task<bool> IsDecidedAsync(string alert, PageAccount account, CancellationToken cancellationToken) =>
        (await Watch.Alertmanager.AlertsAsync(cancellationToken)).Any(known => known.Name == alert && known.Inhibited)
        || account.Pages.Any(page => page.Alerts.Any(delivered => delivered.Name == alert));

    private static Measurement Seconds(string objective, TimeSpan time) => new(objective, time.TotalSeconds, 1, Resolution: 0.1);

    /// <summary>Ids of the objectives of a fault.</summary>
    /// <param name="Comes">How long it takes until somebody hears of it.</param>
    /// <param name="Alone">What is delivered that should not be.</param>
    /// <param name="Ends">How long it takes until they hear that it is over.</param>
    protected sealed record Promises(string Comes, string Alone, string Ends);
}
