using Verification.Gate.Progress;
using Verification.Gate.Runs;
using Verification.Stack.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class RunRetentionTests : IDisposable
{
    private const int Each = 100_000;
    private readonly TemporaryFolder runs = new();
    private readonly StringWriter told = new();

    [Fact]
    public void The_oldest_go_until_the_rest_fits_and_are_named()
    {
        Plain("20261121-083015-aaaa", "20261122-083015-bbbb", "20261123-083015-cccc");

        Prune(2 * Each);

        Assert.Equal(["20261122-083015-bbbb", "20261123-083015-cccc"], Left());
        Assert.Contains("removed old runs (0.1 MB; ", told.ToString());
        Assert.Contains("is kept within 0.2 MB): 20261121-083015-aaaa", told.ToString());
    }

    [Fact]
    public void What_fits_stays_and_nothing_is_said()
    {
        Plain("20261121-083015-aaaa");

        Prune(Each);

        Assert.Equal(["20261121-083015-aaaa"], Left());
        Assert.Empty(told.ToString());
    }

    [Fact]
    public void A_living_run_and_a_kept_stack_and_a_folder_that_is_no_run_stay()
    {
        Plain("20261121-083015-aaaa", "20261122-083015-bbbb", "20261123-083015-cccc", "mine");
        using var lives = HeldFile.TryTake(Path.Combine(runs.Path, "20261121-083015-aaaa", "lock"));

        Prune(0, "20261122-083015-bbbb");

        Assert.Equal(["20261121-083015-aaaa", "20261122-083015-bbbb", "mine"], Left());
        Assert.Contains("holds 0.2 MB, more than the 0 MB of gates.yaml", told.ToString());
    }

    [Fact]
    public void The_newest_release_verdict_that_passed_and_the_newest_failure_stay()
    {
        Judged("20261118-083015-aaaa", "pass", run => run);
        Judged("20261119-083015-bbbb", "pass", run => run);
        Judged("20261120-083015-cccc", "fail", run => run);
        Judged("20261121-083015-dddd", "fail", run => run);
        Judged("20261122-083015-eeee", "pass", run => run with { Verdict = run.Verdict with { IsReleaseVerdict = false } });
        Judged("20261123-083015-ffff", "fail", run => run with { Record = run.Record with { Mutant = "nack" } });

        Prune(0);

        Assert.Equal(["20261119-083015-bbbb", "20261121-083015-dddd"], Left());
    }

    public void Dispose()
    {
        runs.Dispose();
        told.Dispose();
    }

    private void Plain(params string[] ids)
    {
        foreach (var id in ids)
            runs.File($"{id}/logs/mysql.log", new string('x', Each));
    }

    private void Judged(string id, string fixture, Func<JudgedRun, JudgedRun> change)
    {
        var copy = FixtureRuns.Copy(fixture, Path.Combine(runs.Path, id));
        var run = change(new JudgedRun(copy.Folder, copy.Record, copy.Verdict));
        RunDocuments.Write(run.Folder, run.Record);
        RunDocuments.Write(run.Folder, run.Verdict);
    }

    private void Prune(long limit, params string[] kept) =>
        RunRetention.Prune(
            runs.Path,
            limit,
            [.. kept.Select(id => Path.Combine(runs.Path, id))],
            new ProgressLines(Consoles.Of(told, redirected: true), TimeProvider.System)
        );

    private IEnumerable<string> Left() => Directory.EnumerateDirectories(runs.Path).Select(path => Path.GetFileName(path)).Order();
}
