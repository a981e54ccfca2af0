using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Gate.Platform;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Stages;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;

namespace Verification.Gate.Runs;

/// <summary>Runs every test of the solution as a build server would, and counts.</summary>
internal sealed class TestRun(ProjectRoot root, ProgressLines progress, TimeProvider time)
{
    private static readonly PlannedStage Unit = new(new Stage(SuiteRunner.Unit), TimeSpan.FromMinutes(10), Broker: null, []);

    /// <summary>Runs the unit tests, then the stages of a profile with all their tests.</summary>
    /// <returns>Exit code: 0 if none failed, 1 if one did, 3 where none did and not all could be run.</returns>
    /// <exception cref="UsageException">There is no such profile.</exception>
    public async Task<int> RunAsync(string profile, Interruption interruption)
    {
        var gates = GatesFile.Read(root.Gates, SuiteExecutables.All(root.Path));
        var suites = SuitesOf(gates, profile);
        OutsideVariables.Tell(progress, VerifyVariables.OfThisProcess());
        var run = Run.Start(root);
        var outcomes = new List<StageOutcome>();
        try
        {
            var choice = new PlatformChoice(root, root.Sut, null, new Dictionary<string, string>());
            var stages = await new StagePlanner(progress).PlanAsync(suites, choice, interruption.Token).ConfigureAwait(false);
            using var measuring = await MachineLock
                .TakeAsync(holder => progress.Doubt($"{holder} measures on this machine: waiting for it"), interruption.Token)
                .ConfigureAwait(false);
            var runner = new StageRunner(root, run.Folder, gates.Profiles[profile], progress, time);
            var request = new SessionRequest { Root = root.Path, Profile = profile };
            List<PlannedStage> planned = [Unit, .. stages];
            var budgets = new StageBudgets(planned, Unit.Budget + gates.Profiles[profile].TimeLimit);
            var since = time.GetTimestamp();
            foreach (var (index, stage) in planned.Index())
            {
                var timed = stage with { Budget = budgets.Of(index, time.GetElapsedTime(since)) };
                if (interruption.Signal is null)
                    outcomes.Add(
                        await runner
                            .RunAsync(timed, FilterOf(stage), request, [], interruption, CancellationToken.None)
                            .ConfigureAwait(false)
                    );
            }
        }
        finally
        {
            await new Tidying(progress).TryAsync(() => run.DisposeAsync().AsTask(), $"end run {run.Id}").ConfigureAwait(false);
        }

        return interruption.ExitCode ?? Count(run.Folder, outcomes);
    }

    /// <summary>The suites of the profile, then those that only another profile has: what they hold for this one is theirs to
    /// say.</summary>
    internal static IReadOnlyList<ProfileSuite> SuitesOf(Gates gates, string profile) =>
        gates.Profiles.TryGetValue(profile, out var found)
            ?
            [
                .. found.Suites,
                .. gates
                    .Profiles.Values.SelectMany(other => other.Suites)
                    .Where(suite => suite.Objectives is null && found.EntryOf(suite.Suite) is null)
                    .DistinctBy(suite => suite.Suite),
            ]
            : throw new UsageException(
                $"--profile {profile}: gates.yaml has no such profile; it has {string.Join(", ", gates.Profiles.Keys)}.{Suggestion.Question(profile, gates.Profiles.Keys)}"
            );

    /// <summary>What failed or broke, once more, a line each: the end of a long log says why.</summary>
    internal static IReadOnlyList<string> FaultsOf(IReadOnlyList<StageOutcome> outcomes) =>
        [.. outcomes.SelectMany(FailedOf), .. outcomes.SelectMany(BrokenOf)];

    /// <summary>All tests of a suite, also those that measure no objective; only of one that is asked for some objectives their
    /// own.</summary>
    private static IReadOnlyList<string> FilterOf(PlannedStage stage) =>
        stage.Objectives is { } asked ? TraitFilter.Options(asked) : TraitFilter.OptionsWithout(stage.Without);

    private static IEnumerable<string> FailedOf(StageOutcome outcome) =>
        outcome
            .Tests.Where(test => test.Outcome == TestOutcome.Failed)
            .Select(test => $"FAIL {test.Stage}: {TestRow.ShortName(test.Name)}: {FirstLine(test.Message ?? "no message")}");

    private static IEnumerable<string> BrokenOf(StageOutcome outcome) =>
        ((IReadOnlyList<string?>)[outcome.Record.Reason, .. outcome.Record.Errors ?? []])
            .OfType<string>()
            .Select(reason => $"BROKEN {outcome.Record.Name}: {FirstLine(reason)}");

    private static string FirstLine(string text) => text.Split('\n')[0];

    private int Count(RunFolder folder, IReadOnlyList<StageOutcome> outcomes)
    {
        var tests = outcomes.SelectMany(outcome => outcome.Tests).ToList();
        int Ended(TestOutcome outcome) => tests.Count(test => test.Outcome == outcome);
        var broken = outcomes.Sum(outcome => (outcome.Record.Reason is null ? 0 : 1) + (outcome.Record.Errors?.Count ?? 0));
        if (tests.Count == 0)
            progress.Bad("no test ran: nothing is said");
        foreach (var fault in FaultsOf(outcomes))
            progress.Bad(fault);
        if (tests.Count(test => test.IsOfAnotherProfile) is var others and > 0)
            progress.Say($"{others} of those skipped measure what other profiles ask for");
        progress.Say($"results in {folder.Tests}");
        // A build server reads this line: it stands alone.
        progress.Console.Profile.Out.Writer.WriteLine(
            $"Tests: {Ended(TestOutcome.Passed)} passed, {Ended(TestOutcome.Failed)} failed, {Ended(TestOutcome.Skipped)} skipped"
        );
        // A suite that broke has failed nothing: what its tests would have said is not known.
        return Ended(TestOutcome.Failed) > 0 ? ExitCodes.Fail
            : tests.Count == 0 || broken > 0 ? ExitCodes.Unknown
            : ExitCodes.Pass;
    }
}
