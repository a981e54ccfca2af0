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
    private readonly PlatformFixture fixture = platform;

    /// <summary>Goes through a fault.</summary>
    /// <param name="faults">The fault: all of it, in order.</param>
    /// <param name="must">The alert that has to tell of it: a page or a ticket, as its severity says.</param>
    /// <param name="follows">An alert that follows from it: the fault lasts until Alertmanager has decided on that; null where none
    /// follows.</param>
    /// <param name="may">Alerts that may be told besides.</param>
    protected async Task<Told> GoThroughAsync(IReadOnlyList<IFault> faults, string must, string? follows, params IReadOnlyList<string> may)
    {
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
        if (follows is not null)
            await Eventually.IsTrueAsync(
                $"{follows} is held back, or paged",
                ToldDeadline,
                async ct => await IsDecidedAsync(follows, await AccountAsync(ct), ct),
                Cancellation
            );

        var ended = TimeProvider.System.GetTimestamp();
        await injected.HealAsync(Cancellation);
        await new LeftPair(Stack).HealAsync(Cancellation);
        await Platform.AwaitServiceAsync(Cancellation);
        await Eventually.IsTrueAsync($"{must} is said to be over", OverDeadline, async ct => (await AccountAsync(ct)).IsOver, Cancellation);
        var toEnd = TimeProvider.System.GetElapsedTime(ended);
        await AwaitPeaceAsync();
        var account = await AccountAsync(Cancellation);
        return new Told(faults, toWord, toEnd, account, new CheckFiles(fixture.Session.Suite.Folder).Keep(TestName, "pages", account))
        {
            NeedlessAlerts = NeedlessAlerts,
        };
    }

    /// <summary>A fault with the alert that must tell of it, judged as one of many.</summary>
    /// <inheritdoc cref="GoThroughAsync"/>
    protected async Task TellsAsync(IReadOnlyList<IFault> faults, string must, string? follows, params IReadOnlyList<string> may)
    {
        var told = await GoThroughAsync(faults, must, follows, may);

        Decide(told.Comes("alerts.fire"), told.Alone("alerts.only"), told.Ends("alerts.resolve"));
    }

    /// <summary>The death of all instances of a role.</summary>
    protected IReadOnlyList<IFault> KillAll(Role role) => [.. Stack.Instances(role).Select(Faults.Kill)];

    private async Task<bool> IsDecidedAsync(string alert, PageAccount account, CancellationToken cancellationToken) =>
        (await Watch.Alertmanager.AlertsAsync(cancellationToken)).Any(known => known.Name == alert && known.Inhibited)
        || account.Pages.Any(page => page.Alerts.Any(delivered => delivered.Name == alert));

    /// <summary>What came of a fault.</summary>
    /// <param name="Faults">The fault.</param>
    /// <param name="ToWord">From its begin to the word of it.</param>
    /// <param name="ToEnd">From its end to the word of that.</param>
    /// <param name="Account">All that was delivered.</param>
    /// <param name="File">Where that is kept.</param>
    protected sealed record Told(IReadOnlyList<IFault> Faults, TimeSpan ToWord, TimeSpan ToEnd, PageAccount Account, string File)
    {
        /// <summary>Judges alerts that should not have been.</summary>
        public required Func<string, IReadOnlyList<string>, long, Measurement> NeedlessAlerts { private get; init; }

        /// <summary>How long it took until somebody heard of it.</summary>
        public Measurement Comes(string objective) => Of(new Measurement(objective, ToWord.TotalSeconds, 1, Resolution: 0.1));

        /// <summary>What was delivered that should not have been.</summary>
        public Measurement Alone(string objective) => Of(NeedlessAlerts(objective, Account.Needless, Account.Firing));

        /// <summary>How long it took until they heard that it is over.</summary>
        public Measurement Ends(string objective) => Of(new Measurement(objective, ToEnd.TotalSeconds, 1, Resolution: 0.1));

        private Measurement Of(Measurement measurement) =>
            measurement with
            {
                Fault = Faults[0].Name,
                Target = string.Join(", ", Faults.Select(fault => fault.Target)),
                Files = [File],
            };
    }
}
