using Verification.Objectives;
using Verification.Platform;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>What every test has that measures an objective: it is skipped where the profile doesn't ask for it, and what it measures is recorded and judged.</summary>
public abstract class JudgedTest : IAsyncLifetime
{
    private readonly HashSet<string> decided = new(StringComparer.Ordinal);

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Name of the test, as evidence has it.</summary>
    protected string TestName => TestContext.Current.Test?.TestDisplayName ?? GetType().Name;

    /// <summary>The run, its objectives, the logs of facts.</summary>
    protected abstract SuiteSession Suite { get; }

    /// <summary>The objectives that the test measures.</summary>
    protected static IReadOnlyList<string> TestObjectives() =>
        TestContext.Current.TestCase?.Traits.TryGetValue(ObjectiveAttribute.Trait, out var ids) == true ? [.. ids] : [];

    /// <inheritdoc />
    public virtual ValueTask InitializeAsync()
    {
        var objectives = TestObjectives();
        Assert.SkipWhen(objectives.Count > 0 && !objectives.Any(Suite.IsWanted), $"profile: {Suite.Profile.Name} does not ask for {string.Join(", ", objectives)}");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        RecordStateNotSeen();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Records the measurements of the test, all of them, and then holds them against their objectives: a FAIL fails the test, an UNKNOWN skips it.</summary>
    protected void Decide(params IReadOnlyList<Measurement> measurements)
    {
        var verdicts = Record(measurements);
        decided.UnionWith(measurements.Select(measurement => measurement.Objective));
        // What is only shown reddens no test.
        var failed = verdicts.Where(verdict => verdict.Verdict == Verdict.Fail && Suite.Counts(verdict.Evidence.Objective)).ToList();
        if (failed.Count > 0)
            Assert.Fail(string.Join('\n', failed.Select(verdict => $"{verdict.Evidence.Objective}: {verdict.Why}")));
        if (verdicts.Where(verdict => verdict.Verdict == Verdict.Unknown).MaxBy(verdict => Suite.Counts(verdict.Evidence.Objective)) is { } unknown)
            Unavailable(unknown.Why, isAllowed: !Suite.Counts(unknown.Evidence.Objective));
    }

    /// <summary>Records one measurement.</summary>
    protected abstract LineVerdict Record(Measurement measurement);

    /// <summary>Records measurements.</summary>
    protected List<LineVerdict> Record(IEnumerable<Measurement> measurements) => [.. measurements.Select(Record)];

    /// <summary>Whether a state that the test waited for in vain says something of what is under test; it does not where that was never brought to its starting point.</summary>
    protected virtual bool IsUnderTest => true;

    /// <summary>Where there is a reason, the test is UNKNOWN with it.</summary>
    /// <param name="reason">Why; null for none.</param>
    /// <param name="namedBy">The variable that names what is missing, if that is set; null otherwise.</param>
    /// <param name="isAllowed">Whether a strict run does without.</param>
    protected static void Unavailable(string? reason, string? namedBy = null, bool isAllowed = false)
    {
        if (reason is not null)
            Lack.Of(reason, namedBy, isAllowed);
    }

    /// <summary>A test that waited in vain for a state of what is under test has seen it fail: what it was to measure is recorded as failed, not as unknown.
    /// Where such a wait is the cause of another exception it is none of that.</summary>
    private void RecordStateNotSeen()
    {
        var state = TestContext.Current.TestState;
        if (!IsUnderTest || state?.ExceptionTypes is not [var thrown, ..] || thrown != typeof(StateNotSeenException).FullName)
            return;
        if (StateNotSeenException.Parse(state.ExceptionMessages![0]) is { } unreached)
            Record(TestObjectives().Except(decided).Select(objective => Measurement.OfUnreached(objective, unreached) with { Suspects = AwaitedStates.SuspectsOf(unreached.State) }));
    }
}
