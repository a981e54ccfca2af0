using Verification.Chaos.Faults;
using Verification.Objectives;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>What every test against the platform has: the platform at its starting point, healed afterwards, faults, and a way to have its measurement recorded and judged.</summary>
/// <param name="platform">The platform of the assembly.</param>
public abstract class Scenario(PlatformFixture platform) : IAsyncLifetime
{
    private readonly HashSet<string> decided = new(StringComparer.Ordinal);
    private PlatformUnderTest? driven;
    private FaultInjector? injector;
    private bool reset;

    /// <summary>The platform, driven and observed through the contract.</summary>
    protected PlatformUnderTest Platform => driven ?? throw new InvalidOperationException("The scenario was not initialized.");

    /// <summary>The running stack.</summary>
    protected AttachedStack Stack => Platform.Stack;

    /// <summary>The faults that can be aimed at its components.</summary>
    protected FaultCatalogue Faults => new(Stack);

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The system under test.</summary>
    protected SystemUnderTest Sut => Session.Sut;

    /// <summary>The configuration that production is meant to have.</summary>
    protected string Config => Session.Config;

    private VerificationSession Session => platform.Session;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var objectives = TestObjectives();
        Assert.SkipWhen(objectives.Count > 0 && !objectives.Any(Session.IsWanted), $"profile: {Session.Profile.Name} does not ask for {string.Join(", ", objectives)}");
        Unavailable(Session.Unavailable);
        RequireNeeds(objectives);
        var history = new ScenarioHistory(Session.History, TestContext.Current.Test?.TestDisplayName ?? GetType().Name);
        history.Event("begin", detail: string.Join(", ", objectives));
        driven = PlatformUnderTest.Of(Session.Stack, history, Session.Folder, (service, deadline) => new RestTransport(service, deadline));
        injector = new FaultInjector(Session.Stack.Description, history, new FaultJournal(Session.Folder), TimeProvider.System);
        try
        {
            await driven.ResetAsync(Cancellation);
            reset = true;
        }
        catch (StateNotSeenException e)
        {
            // A platform that stores no buff at all keeps none of its promises.
            Record(objectives.Select(objective => Measurement.OfUnreached(objective, e.Unreached)));
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        RecordStateNotSeen();
        if (driven is not null)
        {
            await driven.HealAsync(CancellationToken.None);
            driven.History.Event("end");
            await driven.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Applies a fault, and waits until its effect is seen; where none is, the test is UNKNOWN.</summary>
    /// <returns>The fault as it is applied: it heals when disposed.</returns>
    protected async Task<InjectedFault> InjectAsync(IFault fault)
    {
        try
        {
            return await injector!.InjectAsync(fault, Cancellation);
        }
        catch (FaultTookNoEffectException e)
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
        await Platform.AwaitServiceAsync(Cancellation);
        return TimeProvider.System.GetElapsedTime(since);
    }

    /// <summary>What starts further instances beside the stack; where that can't be done, the test is UNKNOWN with the reason.</summary>
    protected StackAdditions RequireAdditions()
    {
        Unavailable(Session.Additions.Unavailable);
        return Session.Additions;
    }

    /// <summary>Image of each service of the previous release; where none was named, the test is UNKNOWN with the reason.</summary>
    protected IReadOnlyDictionary<string, string> RequirePrevious()
    {
        Unavailable(Session.Previous.Count > 0 ? null : "no previous release was named (--previous)");
        return Session.Previous;
    }

    /// <summary>Records the measurements of the scenario, all of them, and then holds them against their objectives: a FAIL fails the test, an UNKNOWN skips it.</summary>
    protected void Decide(params IReadOnlyList<Measurement> measurements)
    {
        var verdicts = Record(measurements);
        decided.UnionWith(measurements.Select(measurement => measurement.Objective));
        // What is only shown reddens no test.
        var failed = verdicts.Where(verdict => verdict.Verdict == Verdict.Fail && Session.Counts(verdict.Evidence.Objective)).ToList();
        if (failed.Count > 0)
            Assert.Fail(string.Join('\n', failed.Select(verdict => $"{verdict.Evidence.Objective}: {verdict.Why}")));
        Unavailable(verdicts.Find(verdict => verdict.Verdict == Verdict.Unknown)?.Why);
    }

    /// <summary>What an objective needs of the stack and the stack has not leaves it UNKNOWN, before anything is done to the stack.</summary>
    private void RequireNeeds(IReadOnlyList<string> objectives)
    {
        var capabilities = Session.Stack.Description.Capabilities;
        var lacking = objectives.SelectMany(Session.NeedsOf).Intersect([StackDescription.DestructiveCapability]).Except(capabilities, StringComparer.Ordinal).ToList();
        if (lacking.Count == 0)
            return;
        var why = $"needs: {string.Join(", ", lacking)}, and the stack {Session.Stack.Description.Run} may not be changed";
        Record(objectives.Where(Session.IsWanted).Select(objective => Measurement.NotMeasured(objective, why)));
        Unavailable(why);
    }

    /// <summary>A test that waited in vain for a state of the platform has seen it fail: what it was to measure is recorded as failed, not as unknown.
    /// Where such a wait is the cause of another exception it is none of the platform's.</summary>
    private void RecordStateNotSeen()
    {
        var state = TestContext.Current.TestState;
        if (!reset || state?.ExceptionTypes is not [var thrown, ..] || thrown != typeof(StateNotSeenException).FullName)
            return;
        if (StateNotSeenException.Parse(state.ExceptionMessages![0]) is { } unreached)
            Record(TestObjectives().Except(decided).Select(objective => Measurement.OfUnreached(objective, unreached)));
    }

    private List<LineVerdict> Record(IEnumerable<Measurement> measurements) =>
        [.. measurements.Select(measurement => Session.Decide(measurement, TestContext.Current.Test?.TestDisplayName ?? measurement.Objective))];

    private static void Unavailable(string? reason)
    {
        if (reason is null)
            return;
        if (VerifyVariables.Value(VerifyVariables.Strict) == "1")
            Assert.Fail($"UNKNOWN: {reason}");
        Assert.Skip($"UNKNOWN: {reason}");
    }

    private static IReadOnlyList<string> TestObjectives() =>
        TestContext.Current.TestCase?.Traits.TryGetValue(ObjectiveAttribute.Trait, out var ids) == true ? [.. ids] : [];
}
