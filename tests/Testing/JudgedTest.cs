using Verification.Objectives;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>What every test has that measures an objective: it is skipped where the profile doesn't ask for it, and what it measures is
/// recorded and judged.</summary>
public abstract class JudgedTest : IAsyncLifetime
{
    private static readonly TimeSpan LooksAtEnd = TimeSpan.FromSeconds(20);
    private readonly List<LineVerdict> kept = [];
    private readonly HashSet<string> decided = new(StringComparer.Ordinal);
    private readonly List<Func<Measurement>> atEnd = [];
    private readonly List<(string Objective, Func<CancellationToken, Task<Measurement>> Measure)> looks = [];
    private TestTimeLimit? limit;
    private (string Message, IReadOnlyList<string> Objectives)? charge;

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Name of the test, as evidence has it.</summary>
    protected string TestName => TestContext.Current.Test?.TestDisplayName ?? GetType().Name;

    /// <summary>The run, its objectives, the logs of facts.</summary>
    protected abstract SuiteSession Suite { get; }

    /// <summary>The objectives that the test measures.</summary>
    protected static IReadOnlyList<string> TestObjectives() => Traits(ObjectiveAttribute.Trait);

    /// <inheritdoc />
    public virtual ValueTask InitializeAsync()
    {
        var objectives = TestObjectives();
        Assert.SkipWhen(
            objectives.Count > 0 && !objectives.Any(IsWanted),
            $"{TestRecord.OtherProfile}{Suite.Profile.Name} does not ask for {string.Join(", ", objectives)}"
        );
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        limit?.Dispose();
        await RecordUndecidedAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>From here on the test may take so long; then it is ended, and what it has not measured by then is UNKNOWN.</summary>
    protected void Limit(TimeSpan most) => limit = new TestTimeLimit(TestContext.Current, most, TimeProvider.System);

    /// <summary>Records measurements that stand whatever comes after them, as a healing that fails; <see cref="Decide"/> holds them against
    /// their objectives with the last ones.</summary>
    protected void Keep(params IReadOnlyList<Measurement> measurements) => kept.AddRange(Record(measurements));

    /// <summary>What can be measured however the test ends: it is, of those that it has not come to decide.</summary>
    protected void AtEnd(params IReadOnlyList<Func<Measurement>> measurements) => atEnd.AddRange(measurements);

    /// <summary>What can still be looked for however the test ends: it is, where the test has not come to decide it. A look that fails
    /// leaves it UNKNOWN.</summary>
    /// <param name="objective">Id of the objective.</param>
    /// <param name="measure">Looks, and measures it.</param>
    protected void AtEnd(string objective, Func<CancellationToken, Task<Measurement>> measure) => looks.Add((objective, measure));

    /// <summary>Waits for what certain objectives are about: a state that does not come is charged to them, and to no other of the
    /// test. One of the platform that the test does not measure may be named, too. A state that is awaited otherwise is charged to the
    /// first objective that nothing was measured of yet.</summary>
    /// <param name="objectives">Ids of the objectives.</param>
    /// <param name="wait">The wait, and what is done for it.</param>
    /// <exception cref="StateNotSeenException">The state did not come.</exception>
    protected async Task<T> ChargeAsync<T>(IReadOnlyList<string> objectives, Func<Task<T>> wait)
    {
        ArgumentNullException.ThrowIfNull(wait);
        try
        {
            return await wait();
        }
        catch (StateNotSeenException e)
        {
            // Whoever is nearest to the wait knows best.
            if (charge?.Message != e.Message)
                charge = (e.Message, objectives);
            throw;
        }
    }

    /// <inheritdoc cref="ChargeAsync{T}(IReadOnlyList{string}, Func{Task{T}})"/>
    protected Task ChargeAsync(IReadOnlyList<string> objectives, Func<Task> wait)
    {
        ArgumentNullException.ThrowIfNull(wait);
        return ChargeAsync(
            objectives,
            async () =>
            {
                await wait();
                return true;
            }
        );
    }

    /// <summary>Records the measurements of the test, all of them, and then holds them against their objectives: a FAIL fails the test, an
    /// UNKNOWN skips it.</summary>
    protected void Decide(params IReadOnlyList<Measurement> measurements)
    {
        Keep(measurements);
        // What is only shown reddens no test.
        var failed = kept.Where(verdict => verdict.Verdict == Verdict.Fail && Suite.Counts(verdict.Evidence.Objective)).ToList();
        if (failed.Count > 0)
            Assert.Fail(string.Join('\n', failed.Select(verdict => $"{verdict.Evidence.Objective}: {verdict.Why}")));
        if (
            kept.Where(verdict => verdict.Verdict == Verdict.Unknown).MaxBy(verdict => Suite.Counts(verdict.Evidence.Objective)) is
            { } unknown
        )
            Unavailable(unknown.Why, isAllowed: !Suite.Counts(unknown.Evidence.Objective));
    }

    /// <summary>Records one measurement.</summary>
    protected LineVerdict Record(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        decided.Add(measurement.Objective);
        return Hold(measurement);
    }

    /// <summary>Writes one measurement down, and holds it against its objective.</summary>
    protected abstract LineVerdict Hold(Measurement measurement);

    /// <summary>What the test has looked at may only speak against an objective, and did not: others measure it.</summary>
    /// <param name="objective">Id of the objective.</param>
    protected void LeaveToOthers(string objective) => decided.Add(objective);

    /// <summary>Records measurements.</summary>
    protected List<LineVerdict> Record(IEnumerable<Measurement> measurements) => [.. measurements.Select(Record)];

    /// <summary>Whether an objective of the test is asked for, or one of the platform that the profile asks for.</summary>
    /// <param name="objective">Id of the objective.</param>
    protected virtual bool IsWanted(string objective) =>
        TestObjectives().Contains(objective) ? Suite.IsWanted(objective) : Suite.IsOfProfile(objective);

    /// <summary>Why nothing that a failed test has not measured is known; null where nothing of the kind was noticed.</summary>
    protected virtual string? Unknowable => null;

    /// <summary>Whether a state that the test waited for in vain says something of what is under test; it does not where that was never
    /// brought to its starting point.</summary>
    protected virtual bool IsUnderTest => true;

    /// <summary>The state that the test has waited for in vain; null where none. Where such a wait is the cause of another exception it is
    /// none of that.</summary>
    protected static UnreachedState? Unreached => UnreachedMessage is { } message ? StateNotSeenException.Parse(message) : null;

    /// <summary>Records that a state did not come once all was measured, or that none of the objectives of the test is about.</summary>
    protected virtual void RecordNotBack(UnreachedState state) { }

    /// <summary>Where there is a reason, the test is UNKNOWN with it.</summary>
    /// <param name="reason">Why; null for none.</param>
    /// <param name="namedBy">The variable that names what is missing, if that is set; null otherwise.</param>
    /// <param name="isAllowed">Whether a strict run does without.</param>
    protected static void Unavailable(string? reason, string? namedBy = null, bool isAllowed = false)
    {
        if (reason is not null)
            Lack.Of(reason, namedBy, isAllowed);
    }

    private static string? UnreachedMessage =>
        TestContext.Current.TestState is { ExceptionTypes: [var thrown, ..], ExceptionMessages: [var message, ..] }
        && thrown == typeof(StateNotSeenException).FullName
            ? message
            : null;

    private static IReadOnlyList<string> Traits(string name) =>
        TestContext.Current.TestCase?.Traits.TryGetValue(name, out var values) == true ? [.. values] : [];

    private List<string> UndecidedObjectives() => [.. TestObjectives().Except(decided)];

    /// <summary>A test that has taken too long says nothing of what it has not measured, and neither does one that is green without having
    /// measured it. One that waited in vain for a state of what is under test has seen it fail: what that is charged to is recorded as
    /// failed, not as unknown.</summary>
    private async Task RecordUndecidedAsync()
    {
        var result = TestContext.Current.TestState?.Result;
        if (result == TestResult.Failed)
        {
            Keep([.. atEnd.Select(measure => measure()).Where(measurement => UndecidedObjectives().Contains(measurement.Objective))]);
            foreach (var (objective, measure) in looks.Where(look => !decided.Contains(look.Objective)))
                Keep(await LookAsync(objective, measure));
        }

        var undecided = UndecidedObjectives();
        if (limit?.Exceeded is { } exceeded)
        {
            // What it was in the middle of says only that it was cancelled.
            TestContext.Current.AddWarning(exceeded);
            Record(undecided.Select(objective => Measurement.NotMeasured(objective, exceeded)));
        }
        else if (result == TestResult.Failed && Unknowable is { } why)
            Record(undecided.Select(objective => Measurement.NotMeasured(objective, why)));
        else if (result == TestResult.Passed)
            Record(
                undecided.Where(IsWanted).Select(objective => Measurement.NotMeasured(objective, $"{TestName} ended without measuring it"))
            );
        else if (IsUnderTest && Unreached is { } unreached)
            RecordUnreached(unreached, undecided);
    }

    private void RecordUnreached(UnreachedState state, IReadOnlyList<string> undecided)
    {
        var own = TestObjectives();
        var ofAnswers = Traits(ObjectiveAttribute.AnswersTrait);
        var named = charge is { } known && known.Message == UnreachedMessage ? known.Objectives : [];
        var charged = named.Any(objective => own.Contains(objective) || IsWanted(objective))
            ? named
            : Undecided.First(undecided, ofAnswers, IsWanted);
        Record(Undecided.After(state, [.. undecided.Union(charged.Intersect(own))], ofAnswers, charged));
        // What was measured stands; what did not come back behind it, or beside it, is told of the platform.
        if (!charged.Any(own.Contains))
            RecordNotBack(state);
    }

    private static async Task<Measurement> LookAsync(string objective, Func<CancellationToken, Task<Measurement>> measure)
    {
        // That of the test may have ended with it.
        using var end = new CancellationTokenSource(LooksAtEnd);
        try
        {
            return await measure(end.Token);
        }
        catch (Exception e) when (Patience.IsOfTheConnection(e) || e is OperationCanceledException)
        {
            return Measurement.NotMeasured(objective, $"it could not be looked for once the test had ended: {Quotation.Of(e.Message)}");
        }
    }
}
