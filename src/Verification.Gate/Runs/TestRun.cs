using Verification.Gate.Interruptions;
using Verification.Gate.Platform;
using Verification.Gate.Progress;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;
using Verification.Stack.Starting;

namespace Verification.Gate.Runs;

/// <summary>Runs every test of the solution as a build server would, and counts.</summary>
internal sealed class TestRun(ProjectRoot root, ProgressLines progress, TimeProvider time)
{
    /// <summary>Wall time that one suite may take.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(20);

    /// <returns>Exit code: 0 if none failed.</returns>
    public async Task<int> RunAsync(string profile, Interruption interruption)
    {
        var run = Run.Start(root);
        var tests = new List<TestRecord>();
        var broken = new List<string>();
        try
        {
            var prepared = await DockerPlatform.PrepareAsync(new PlatformChoice(root, root.Sut, null, new Dictionary<string, string>()), progress, interruption.Token).ConfigureAwait(false);
            using var measuring = await MachineLock.TakeAsync(() => progress.Doubt("another gate measures on this machine: waiting for it"), interruption.Token).ConfigureAwait(false);
            var runner = new SuiteRunner(progress, time);
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Run.Variable] = run.Folder.Path,
                [ProjectRoot.Variable] = root.Path,
                ["VERIFY_PROFILE"] = profile,
                ["VERIFY_BROKER"] = StackStarter.NameOf(prepared.Broker),
            };
            foreach (var suite in SuiteExecutables.All(root.Path))
            {
                if (interruption.Signal is not null)
                    break;
                if (SuiteExecutables.Find(root.Path, suite) is not { } executable)
                {
                    broken.Add($"suite {suite} is not built: run dotnet build");
                    continue;
                }

                progress.Say($"suite {suite}");
                var outcome = await runner.RunAsync(
                    new SuitePlan(suite, executable, [], Budget, environment, run.Folder.Tests), process => RunProcesses.Note(run.Folder, process), interruption, CancellationToken.None).ConfigureAwait(false);
                tests.AddRange(outcome.Tests);
                broken.AddRange(outcome.Record.Errors ?? []);
                if (outcome.Record.Reason is { } reason)
                    broken.Add($"suite {suite}: {reason}");
            }
        }
        finally
        {
            await run.DisposeAsync().ConfigureAwait(false);
        }

        if (tests.Count == 0)
            broken.Add("no test ran: nothing is said");
        foreach (var problem in broken)
            progress.Bad(problem);
        var failed = tests.Count(test => test.Outcome == TestOutcome.Failed);
        progress.Say($"results in {run.Folder.Tests}");
        // A build server reads this line: it stands alone.
        progress.Console.Profile.Out.Writer.WriteLine(
            $"Tests: {tests.Count(test => test.Outcome == TestOutcome.Passed)} passed, {failed} failed, {tests.Count(test => test.Outcome == TestOutcome.Skipped)} skipped");
        return interruption.ExitCode ?? (failed + broken.Count > 0 ? ExitCodes.Fail : ExitCodes.Pass);
    }
}
