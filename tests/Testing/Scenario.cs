using System.Collections.Concurrent;
using Verification.Chaos.Faults;
using Verification.Objectives;
using Verification.Observability;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Control;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>What every test against the platform has: the platform at its starting point, healed afterwards, faults, and a way to have its
/// measurement recorded and judged.</summary>
/// <param name="platform">The platform of the assembly.</param>
public abstract class Scenario(PlatformFixture platform) : JudgedTest
{
    // What a broken way has taken along of the scenario before may be missing in this one.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(10);
    private const string Contained = "secrets.contained";
    private readonly ConcurrentQueue<string> leaks = new();
    private PlatformUnderTest? driven;
    private FaultInjector? injector;
    private bool reset;
    private DateTimeOffset begun;

    /// <summary>The platform, driven and observed through the contract.</summary>
    protected PlatformUnderTest Platform => driven ?? throw new InvalidOperationException("The scenario was not initialized.");

    /// <summary>The running stack.</summary>
    protected AttachedStack Stack => Platform.Stack;

    /// <summary>The faults that can be aimed at its components.</summary>
    protected FaultCatalogue Faults => new(Stack);

    /// <summary>The system under test.</summary>
    protected SystemUnderTest Sut => Session.Sut;

    /// <summary>The configuration that production is meant to have.</summary>
    protected string Config => Session.Config;

    /// <summary>How long it may take, from the starting point on.</summary>
    protected virtual TimeSpan MostOfDeciding => TimeSpan.FromMinutes(2);

    /// <summary>The same where all that it measures is only shown: what decides nothing takes little time away from what does.</summary>
    protected virtual TimeSpan MostOfReported => TimeSpan.FromSeconds(30);

    /// <summary>How much longer it may take because more of it was asked for than it is written with.</summary>
    protected virtual TimeSpan Longer => TimeSpan.Zero;

    /// <inheritdoc />
    protected override SuiteSession Suite => Session.Suite;

    /// <inheritdoc />
    protected override bool IsUnderTest => reset;

    /// <inheritdoc />
    protected override string? Unknowable => Session.BrokenWays(begun) is [var first, ..] ? $"{first}" : null;

    private VerificationSession Session => platform.Session;

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var objectives = TestObjectives();
        Unavailable(Session.Unavailable, Session.NamedBy);
        begun = TimeProvider.System.GetUtcNow() - Echo;
        RequireNeeds(objectives);
        var history = new ScenarioHistory(Suite.History, TestName);
        history.Event("begin", detail: string.Join(", ", objectives));
        Session.Enter(TestName);
        try
        {
            var unreached = await platform.StartingPoint.ReachAsync(
                ct => Driven().ResetAsync(ct),
                ct => Driven().ResetAnewAsync(ct),
                RecordRecovery,
                Cancellation
            );
            if (unreached is not null)
                Record(objectives.Where(Suite.IsWanted).Select(objective => Measurement.NotMeasured(objective, unreached)));
            Unavailable(unreached);
        }
        catch (StateNotSeenException e)
        {
            // A platform that was only just started and stores no buff at all keeps none of its promises.
            Record(
                objectives.Select(objective =>
                    Measurement.OfUnreached(objective, e.Unreached) with
                    {
                        Suspects = AwaitedStates.SuspectsOf(e.Unreached.State),
                    }
                )
            );
            throw;
        }

        injector = new FaultInjector(Session.Stack.Description, history, new FaultJournal(Suite.Folder), TimeProvider.System);
        reset = true;
        Limit((objectives.Count == 0 || objectives.Any(Suite.Counts) ? MostOfDeciding : MostOfReported) + Longer);

        PlatformUnderTest Driven()
        {
            // The stack may have been made anew.
            if (driven?.Stack != Session.Stack)
                driven = PlatformUnderTest.Of(Session.Stack, history, Suite.Folder, Transport);
            return driven;
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        RecordLeaks();
        if (driven is not null)
        {
            // What was measured stands, whether the platform comes back or not.
            await platform.StartingPoint.LeaveAsync(TestName, Unreached is null, driven.HealAsync, RecordRecovery);
            driven.History.Event("end");
            Session.Enter(null);
            await KeepMetricsAsync();
            await driven.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override LineVerdict Hold(Measurement measurement) => Session.Decide(measurement, TestName, begun);

    /// <summary>Applies a fault, and waits until its effect is seen; where none is, or nobody can do this to the stack, the test is
    /// UNKNOWN.</summary>
    /// <returns>The fault as it is applied: it heals when disposed.</returns>
    protected async Task<InjectedFault> InjectAsync(IFault fault)
    {
        try
        {
            return await injector!.InjectAsync(fault, Cancellation);
        }
        catch (Exception e) when (e is FaultTookNoEffectException or CapabilityMissingException)
        {
            Unavailable(e.Message);
            throw;
        }
    }

    /// <summary>Heals a fault.</summary>
    /// <returns>How long it took until both services gave a good answer.</returns>
    /// <exception cref="StateNotSeenException">They did not in time.</exception>
    protected async Task<TimeSpan> ReviveAsync(InjectedFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var since = TimeProvider.System.GetTimestamp();
        await fault.HealAsync(Cancellation);
        await AwaitBackAsync();
        return TimeProvider.System.GetElapsedTime(since);
    }

    /// <summary>Waits until both services give a good answer behind a fault: that they do not is charged to nothing else that is
    /// measured.</summary>
    /// <exception cref="StateNotSeenException">They did not in time.</exception>
    protected Task AwaitBackAsync() => ChargeAsync([StartingPoint.Recovers], () => Platform.AwaitServiceAsync(Cancellation));

    /// <summary>What the Dashboard makes of a buff: its message, taken out of the queue while no Server is there. Asked only where
    /// something is wrong, to tell whose fault it is.</summary>
    /// <param name="post">Posts the buff.</param>
    /// <returns>The message; null where there is none, or where no Server may be stopped for it.</returns>
    protected async Task<QueuedMessage?> SeeQueuedAsync(Func<Task<PostAnswer>> post)
    {
        ArgumentNullException.ThrowIfNull(post);
        if (Stack.Description is not { Destructive: true, Provider: StackProvider.Docker })
            return null;
        await using var stop = await InjectAsync(Faults.Stop(Stack.Instance(InstanceRole.Server)));
        var answer = await post();
        var taken = await Platform.Queue.TakeWaitingAsync(Cancellation);
        Platform.History.Event("probe", detail: $"{answer}; {taken.Count} messages");
        try
        {
            await ReviveAsync(stop);
        }
        catch (StateNotSeenException)
        {
            // What was found before stands; that it does not come back is seen again by the healing behind the test.
        }

        return taken.Count > 0 ? taken[^1] : null;
    }

    /// <summary>Who is at fault where a buff comes back as another one: the Dashboard, if its message is not what was posted
    /// already.</summary>
    /// <param name="post">Posts the buff again.</param>
    /// <param name="question">Its question.</param>
    /// <param name="answers">Its answers.</param>
    protected async Task<IReadOnlyList<string>> WhoChangesAsync(
        Func<Task<PostAnswer>> post,
        string question,
        IReadOnlyList<string> answers
    ) => await SeeQueuedAsync(post) is { } message && message.Says(question, answers) ? ["server", "dashboard"] : ["dashboard", "server"];

    /// <summary>What starts further instances beside the stack; where that can't be done, the test is UNKNOWN with the reason.</summary>
    protected StackAdditions RequireAdditions()
    {
        Unavailable(Session.Additions.Unavailable);
        return Session.Additions;
    }

    /// <summary>Image of each service of the previous release; where none was named, the test is UNKNOWN with the reason.</summary>
    protected IReadOnlyDictionary<string, string> RequirePrevious()
    {
        Unavailable(
            Session.Previous.Count > 0 ? null : "no previous release was named (--previous)",
            isAllowed: !TestObjectives().Any(Suite.IsRequired)
        );
        return Session.Previous;
    }

    /// <inheritdoc />
    protected override void RecordNotBack(UnreachedState state) => RecordRecovery(StartingPoint.NotBack(state, TestName), TestName);

    /// <summary>What the stack's Prometheus knew meanwhile, for the report. That it could not be asked, or that nothing could be written,
    /// is told, and no verdict.</summary>
    private async Task KeepMetricsAsync()
    {
        try
        {
            using var prometheus = Watch.PrometheusOf(Stack);
            if (prometheus is null)
                return;
            var known = await new ScenarioWatch(prometheus, Config).LookAsync(
                TestName,
                begun + Echo,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            );
            new CheckFiles(Suite.Folder).Keep(TestName, ScenarioMetrics.Checker, known);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            TestContext.Current.SendDiagnosticMessage($"what Prometheus knew of {TestName} can't be kept: {e.Message}");
        }
    }

    private void RecordRecovery(Measurement measurement, string scenario)
    {
        if (Suite.IsOfProfile(measurement.Objective))
            Session.Decide(measurement, scenario, begun);
    }

    private IHttpTransport Transport(Uri service, TimeSpan deadline)
    {
        var (stack, rest) = (Session.Stack, new RestTransport(service, deadline));
        return new WatchedTransport(Guarded(rest), (question, answer) => Leaks.In(stack, question, answer), leaks);
    }

    /// <summary>What carries no more than the platform may be sent: nothing that changes it where the run only reads, a limited number
    /// where it may not be changed.</summary>
    /// <param name="transport">What carries it.</param>
    protected IHttpTransport Guarded(IHttpTransport transport)
    {
        var stack = Session.Stack.Description;
        return Session.IsReadOnly ? new ReadingTransport(transport, stack.Run)
            : stack.Destructive ? transport
            : new BoundedTransport(transport, platform.Budget, stack.Run);
    }

    /// <summary>What any answer of the scenario has given away, whatever it was about.</summary>
    private void RecordLeaks()
    {
        if (leaks.IsEmpty || !Suite.IsOfProfile(Contained))
            return;
        var told = leaks.Distinct(StringComparer.Ordinal).ToList();
        Record([Measurement.OfDeviations(Contained, told, leaks.Count)]);
    }

    /// <summary>What an objective needs of the stack and the stack has not leaves it UNKNOWN, before anything is done to the
    /// stack.</summary>
    private void RequireNeeds(IReadOnlyList<string> objectives)
    {
        if (WithheldNeeds.Of(Session.Stack.Description, Session.IsReadOnly, objectives.SelectMany(Suite.NeedsOf)) is not { } why)
            return;
        Record(objectives.Where(Suite.IsWanted).Select(objective => Measurement.NotMeasured(objective, why)));
        Unavailable(why);
    }

    /// <summary>How many listings of a time were lies; all of them are in a file of the run.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="atLeast">How many buffs there were, at least.</param>
    /// <param name="since">When it began, in ns as the history counts.</param>
    protected Measurement TruthOf(string objective, long atLeast, long since)
    {
        var truth = Truthfulness.Check(Platform.History.Lines, atLeast, since);
        return Measurement.OfDeviations(objective, truth.Lies, truth.Listings) with
        {
            Files = [new CheckFiles(Suite.Folder).Keep(TestName, "truth", truth)],
        };
    }
}
