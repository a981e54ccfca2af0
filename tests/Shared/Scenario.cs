using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;

namespace Verification.Tests;

/// <summary>What every test against the platform has: the platform at its starting point, healed afterwards, and a way to have its measurement recorded and judged.</summary>
/// <param name="platform">The platform of the assembly.</param>
public abstract class Scenario(PlatformFixture platform) : IAsyncLifetime
{
    private readonly HashSet<string> decided = [];
    private Platform? driven;

    /// <summary>The platform, driven and observed through the contract.</summary>
    protected Platform Platform => driven ?? throw new InvalidOperationException("The scenario was not initialized.");

    /// <summary>The running stack.</summary>
    protected AttachedStack Stack => Platform.Stack;

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The system under test.</summary>
    protected SystemUnderTest Sut => Session.Sut;

    /// <summary>The configuration that production is meant to have.</summary>
    protected string Config => Session.Config;

    /// <summary>Starts further instances beside the stack; where that can't be done, the test is UNKNOWN with the reason.</summary>
    protected StackAdditions Additions
    {
        get
        {
            Unavailable(Session.Additions.Unavailable);
            return Session.Additions;
        }
    }

    /// <summary>Image of each service of the previous release; where none was named, the test is UNKNOWN with the reason.</summary>
    protected IReadOnlyDictionary<string, string> Previous
    {
        get
        {
            Unavailable(Session.Previous.Count > 0 ? null : "no previous release was named (--previous)");
            return Session.Previous;
        }
    }

    private VerificationSession Session => platform.Session;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var objectives = TestObjectives();
        Assert.SkipWhen(objectives.Count > 0 && !objectives.Any(Session.IsWanted), $"profile: {Session.Profile.Name} does not ask for {string.Join(", ", objectives)}");
        Unavailable(Session.Unavailable);
        try
        {
            driven = await Platform.ResetAsync(Session, Cancellation);
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
            await driven.HealAsync(CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    /// <summary>Records a measurement as evidence and holds it against its objective: FAIL fails the test, UNKNOWN skips it (fails it under <c>VERIFY_STRICT=1</c>).</summary>
    /// <param name="objective">Id of the objective.</param>
    /// <param name="value">The measured value, in the objective's unit; null if nothing could be measured.</param>
    /// <param name="observations">On how many observations it rests.</param>
    /// <param name="diagnosis">What was seen, if it deviates: which buffs, which answers.</param>
    /// <param name="resolution">Smallest difference the measurement can see; null for counts.</param>
    /// <param name="target">Role of the instance a fault was aimed at.</param>
    protected void Decide(string objective, double? value, long observations, string? diagnosis = null, double? resolution = null, string? target = null) =>
        Decide(new Measurement(objective, value, observations, diagnosis, resolution, target));

    /// <summary>Records several measurements of one scenario, all of them, and then holds them against their objectives.</summary>
    protected void Decide(params Measurement[] measurements)
    {
        var verdicts = Record(measurements);
        decided.UnionWith(measurements.Select(measurement => measurement.Objective));
        var failed = verdicts.Where(verdict => verdict.Verdict == Verdict.Fail).ToList();
        if (failed.Count > 0)
            Assert.Fail(string.Join('\n', failed.Select(verdict => $"{verdict.Evidence.Objective}: {verdict.Why}")));
        Unavailable(verdicts.Find(verdict => verdict.Verdict == Verdict.Unknown)?.Why);
    }

    /// <summary>A test that waited in vain for a state of the platform has seen it fail: what it was to measure is recorded as failed, not as unknown.
    /// Where such a wait is the cause of another exception it is none of the platform's.</summary>
    private void RecordStateNotSeen()
    {
        var state = TestContext.Current.TestState;
        if (driven is null || state?.ExceptionTypes is not [var thrown, ..] || thrown != typeof(StateNotSeenException).FullName)
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
        if (Environment.GetEnvironmentVariable("VERIFY_STRICT") == "1")
            Assert.Fail($"UNKNOWN: {reason}");
        Assert.Skip($"UNKNOWN: {reason}");
    }

    private static IReadOnlyList<string> TestObjectives() =>
        TestContext.Current.TestCase?.Traits.TryGetValue(ObjectiveAttribute.Trait, out var ids) == true ? [.. ids] : [];
}
